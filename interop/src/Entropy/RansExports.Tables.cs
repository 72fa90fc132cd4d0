using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>The exports of lac_tables.</summary>
static unsafe partial class RansExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_tables_create_scales", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesCreateScales(int shape, double* deviations, nuint count, nint* tables)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(tables, nameof(tables));
            Limits.Within(shape, 0, 1, nameof(shape));
            ReadOnlySpan<double> scales = Native.Input(deviations, count, nameof(deviations));
            *tables = Handles.Own(shape == 0 ? GaussianTables.SetOf(scales) : LaplaceTables.SetOf(scales));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_create_cdfs", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesCreateCdfs(int* cdfs, nuint count, nuint maxLength, int* lengths, int* offsets, nint* tables)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(tables, nameof(tables));
            Limits.AtMost(count, TableSet.MaxCount, nameof(count));
            Limits.AtMost(maxLength, ValueTables.MaxValues + 2, "max_length");
            *tables = Handles.Own(ValueTables.FromCumulatives(
                Native.Input(cdfs, count * maxLength, nameof(cdfs)), (int)maxLength,
                Native.Input(lengths, count, nameof(lengths)), Native.Input(offsets, count, nameof(offsets))));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_create_weights", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesCreateWeights(double* weights, nuint count, nuint length, int* offsets, double* escapes, nint* tables)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(tables, nameof(tables));
            Limits.AtMost(count, TableSet.MaxCount, nameof(count));
            Limits.AtMost(length, ValueTables.MaxValues, nameof(length));
            *tables = Handles.Own(ValueTables.FromWeights(
                Native.Input(weights, count * length, nameof(weights)), (int)length, Native.Input(offsets, count, nameof(offsets)),
                Native.Input(escapes, escapes == null ? 0 : count, nameof(escapes))));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_create_fitted", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesCreateFitted(short* symbols, nuint count, nuint group, nuint wanted, ushort* groupTables, nint* tables)
    {
        Span<ushort> chosen = default;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(tables, nameof(tables));
            ReadOnlySpan<short> source = Native.Input(symbols, count, nameof(symbols));
            Limits.Within((long)nuint.Min(group, int.MaxValue), 1, int.MaxValue, nameof(group));
            Limits.AtMost(wanted, TableSet.MaxCount, nameof(wanted));
            chosen = Native.Exactly(groupTables, (count + group - 1) / group, "group_tables");
            *tables = Handles.Own(TableSetFitting.Fit(source, (int)nuint.Min(group, int.MaxValue), (int)wanted, chosen));
            return Status.Ok;
        }
        catch (Exception error)
        {
            chosen.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_write_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint TablesWriteBound(nuint count) => count is 0 or > TableSet.MaxCount ? 0 : (nuint)TableSetCode.MaxBytes((int)count);

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_write", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesWrite(nint tables, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(written, nameof(written));
            var set = Handles.Borrow<TableSet>(tables, nameof(tables));
            OperationStatus outcome = TableSetCode.Write(
                set, Native.Output(destination, capacity, nameof(destination)), out int bytes);
            return Outcomes.From(outcome, bytes, written, capacity, TableSetCode.MaxBytes(set.Count));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_read", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesRead(byte* source, nuint length, nuint maxTables, nint* tables, nuint* consumed)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.ClearBoth(tables, nameof(tables), consumed, nameof(consumed));
            Limits.AtMost(maxTables, TableSet.MaxCount, "max_tables");
            OperationStatus outcome = TableSetCode.Read(
                Native.Input(source, length, nameof(source)), out TableSet? set, out int bytes,
                maxTables == 0 ? TableSetCode.DefaultMaxTables : (int)maxTables);
            if (outcome == OperationStatus.Done)
            {
                (*tables, *consumed) = (Handles.Own(set!), (nuint)bytes);
            }

            return Outcomes.From(outcome);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_count", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesCount(nint tables, nuint* count)
    {
        try
        {
            Native.Clear(count, nameof(count));
            *count = (nuint)Handles.Borrow<TableSet>(tables, nameof(tables)).Count;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_estimate", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesEstimate(nint tables, void* indices, int indexBytes, short* symbols, nuint count, double* bits)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(bits, nameof(bits));
            *bits = Handles.Borrow<TableSet>(tables, nameof(tables)).EstimateBits(
                Indices(indices, indexBytes, count), Native.Input(symbols, count, nameof(symbols)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_tables_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status TablesDestroy(nint* tables)
    {
        try
        {
            Handles.Release<TableSet>(tables, nameof(tables));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
