using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>The exports of lacuna/rans.h that code symbols; those of tables stand in the other parts. No logic lives here.</summary>
static unsafe partial class RansExports
{
    const int MostIndexed = 1 << 28, MostWide = 1 << 27, MostStatic = 1 << 29;

    /// <summary>A table of the calling thread's, fitted or read anew for each block that brings its own.</summary>
    [ThreadStatic] static StaticTable? scratch;

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_indexed_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint IndexedBound(nuint count) => count > MostIndexed ? 0 : (nuint)IndexedRansEncoder.MaxEncodedBytes((int)count);

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_indexed_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status IndexedEncode(
        nint tables, void* indices, int indexBytes, short* symbols, nuint count, int lanes, byte* destination, nuint capacity,
        nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            ReadOnlySpan<short> source = Native.Input(symbols, count, nameof(symbols));
            var outcome = IndexedRansEncoder.Encode(
                Handles.Borrow<TableSet>(tables, nameof(tables)), Indices(indices, indexBytes, count), source,
                Native.Output(destination, capacity, nameof(destination)), out int bytes, lanes);
            return Outcomes.From(outcome, bytes, written, capacity, IndexedRansEncoder.MaxEncodedBytes(source.Length));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_indexed_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status IndexedDecode(
        nint tables, byte* source, nuint length, void* indices, int indexBytes, short* symbols, nuint count)
    {
        Span<short> target = default;
        try
        {
            target = Native.Exactly(symbols, count, nameof(symbols));
            return Outcomes.From(IndexedRansDecoder.Decode(
                Handles.Borrow<TableSet>(tables, nameof(tables)), Native.Input(source, length, nameof(source)),
                Indices(indices, indexBytes, count), target));
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_wide_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint WideBound(nuint count) => count > MostWide ? 0 : (nuint)WideRans.MaxEncodedBytes((int)count);

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_wide_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status WideEncode(
        nint tables, void* indices, int indexBytes, int* symbols, nuint count, int lowBits, int lanes, byte* destination,
        nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            ReadOnlySpan<int> source = Native.Input(symbols, count, nameof(symbols));
            var outcome = WideRans.Encode(
                Handles.Borrow<TableSet>(tables, nameof(tables)), Indices(indices, indexBytes, count), source, lowBits,
                Native.Output(destination, capacity, nameof(destination)), out int bytes, lanes);
            return Outcomes.From(outcome, bytes, written, capacity, WideRans.MaxEncodedBytes(source.Length));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_wide_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status WideDecode(
        nint tables, byte* source, nuint length, void* indices, int indexBytes, int* symbols, nuint count)
    {
        Span<int> target = default;
        try
        {
            target = Native.Exactly(symbols, count, nameof(symbols));
            return Outcomes.From(WideRans.Decode(
                Handles.Borrow<TableSet>(tables, nameof(tables)), Indices(indices, indexBytes, count),
                Native.Input(source, length, nameof(source)), target));
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_static_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint StaticBound(nuint count) => count > MostStatic ? 0 : (nuint)StaticRansEncoder.MaxEncodedBytes((int)count);

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_static_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status StaticEncode(
        nint table, byte* symbols, nuint count, int lanes, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            ReadOnlySpan<byte> source = Native.Input(symbols, count, nameof(symbols));
            Span<byte> target = Native.Output(destination, capacity, nameof(destination));
            var outcome = table == 0
                ? StaticRansEncoder.EncodeBlock(scratch ??= new StaticTable(), source, target, out int bytes, lanes)
                : StaticRansEncoder.Encode(Handles.Borrow<StaticTable>(table, nameof(table)), source, target, out bytes, lanes);
            return Outcomes.From(outcome, bytes, written, capacity, StaticRansEncoder.MaxEncodedBytes(source.Length));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_static_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status StaticDecode(nint table, byte* source, nuint length, byte* symbols, nuint count)
    {
        Span<byte> target = default;
        try
        {
            target = Native.Exactly(symbols, count, nameof(symbols));
            ReadOnlySpan<byte> block = Native.Input(source, length, nameof(source));
            return Outcomes.From(table == 0
                ? StaticRansDecoder.DecodeBlock(scratch ??= new StaticTable(), block, target)
                : StaticRansDecoder.Decode(Handles.Borrow<StaticTable>(table, nameof(table)), block, target));
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    /// <summary>A caller's indices of one byte or two.</summary>
    static TableIndices Indices(void* indices, int indexBytes, nuint count)
    {
        Limits.Within(indexBytes, sizeof(byte), sizeof(ushort), "index_bytes");
        return indexBytes == sizeof(byte)
            ? new(Native.Input((byte*)indices, count, nameof(indices)))
            : new(Native.Input((ushort*)indices, count, nameof(indices)));
    }
}
