using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>The exports of lac_rans_decoder. Each holds the decoder's lock: calls on one decoder wait for each other.</summary>
static unsafe partial class RansExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_rans_decoder_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderCreate(nint* decoder)
    {
        try
        {
            Native.Clear(decoder, nameof(decoder));
            *decoder = Handles.Own(new IndexedRansReader());
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_decoder_begin", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderBegin(nint decoder, nint tables, byte* source, nuint length, nuint count)
    {
        try
        {
            var reader = Handles.Borrow<IndexedRansReader>(decoder, nameof(decoder));
            var set = Handles.Borrow<TableSet>(tables, nameof(tables));
            ReadOnlySpan<byte> stream = Native.Input(source, length, nameof(source));
            Limits.AtMost(count, int.MaxValue, nameof(count));
            lock (reader)
            {
                return Outcomes.From(reader.Begin(set, stream, (int)count));
            }
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_decoder_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderDecode(nint decoder, void* indices, int indexBytes, short* symbols, nuint count)
    {
        Span<short> target = default;
        try
        {
            target = Native.Exactly(symbols, count, nameof(symbols));
            var reader = Handles.Borrow<IndexedRansReader>(decoder, nameof(decoder));
            lock (reader)
            {
                return Outcomes.From(reader.Decode(Indices(indices, indexBytes, count), target));
            }
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_decoder_finish", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderFinish(nint decoder)
    {
        try
        {
            var reader = Handles.Borrow<IndexedRansReader>(decoder, nameof(decoder));
            lock (reader)
            {
                return reader.Remaining == 0 || reader.Status != System.Buffers.OperationStatus.Done
                    ? Outcomes.From(reader.Finish())
                    : Fault.Record(Status.InvalidArgument, $"{reader.Remaining} symbols of the stream remain.");
            }
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_rans_decoder_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderDestroy(nint* decoder)
    {
        try
        {
            Handles.Release<IndexedRansReader>(decoder, nameof(decoder));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
