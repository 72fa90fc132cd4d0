using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Quantization;

namespace Lacuna.Interop;

/// <summary>The exports of lac_grid. Each that uses scratch memory holds the grid's lock.</summary>
static unsafe partial class VqExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_grid_create_fsq", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridCreateFsq(int* levels, nuint dimensions, int bound, nint* grid)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(grid, nameof(grid));
            Limits.Within(bound, (int)FiniteScalarBound.Tanh, (int)FiniteScalarBound.Nearest, nameof(bound));
            *grid = Handles.Own(new FiniteScalarQuantizer(
                new FiniteScalarGrid(Native.Input(levels, dimensions, nameof(levels)), (FiniteScalarBound)bound)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_grid_create_lfq", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridCreateLfq(nuint dimensions, float scale, nint* grid)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(grid, nameof(grid));
            Limits.AtMost(dimensions, int.MaxValue, nameof(dimensions));
            *grid = Handles.Own(SignQuantizer.LookupFree((int)dimensions, scale));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_grid_create_bsq", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridCreateBsq(nuint dimensions, nint* grid)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(grid, nameof(grid));
            Limits.AtMost(dimensions, int.MaxValue, nameof(dimensions));
            *grid = Handles.Own(SignQuantizer.BinarySpherical((int)dimensions));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_grid_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridInfo(nint grid, int* dimensions, long* codewords)
    {
        try
        {
            Native.Clear(dimensions, nameof(dimensions));
            Native.Clear(codewords, nameof(codewords));
            var quantizer = Handles.Borrow<BlockQuantizer<long>>(grid, nameof(grid));
            (*dimensions, *codewords) = (quantizer.Dimensions, quantizer.CodewordsAt(0));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_grid_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridEncode(nint grid, float* vectors, nuint count, int nonFinite, long* indices)
    {
        Span<long> target = default;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            target = Native.Exactly(indices, count, nameof(indices));
            var quantizer = Handles.Borrow<BlockQuantizer<long>>(grid, nameof(grid));
            Limits.Within(nonFinite, 0, 1, "non_finite");
            ReadOnlySpan<float> source = Native.Rows(vectors, count, quantizer.Dimensions, nameof(vectors));
            lock (quantizer)
            {
                return Outcomes.From(quantizer.Encode(source, target, (NonFinite)nonFinite), quantizer.Dimensions);
            }
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_grid_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridDecode(nint grid, long* indices, nuint count, float* vectors)
    {
        Span<float> target = default;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var quantizer = Handles.Borrow<BlockQuantizer<long>>(grid, nameof(grid));
            target = Native.Rows(vectors, count, quantizer.Dimensions, nameof(vectors));
            ReadOnlySpan<long> source = Native.Input(indices, count, nameof(indices));
            lock (quantizer)
            {
                return Outcomes.From(quantizer.Decode(source, target), 1);
            }
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_grid_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status GridDestroy(nint* grid)
    {
        try
        {
            Handles.Release<BlockQuantizer<long>>(grid, nameof(grid));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
