using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>The exports of lacuna/adaptive.h for symbols with contexts. Those of a decoder hold its lock.</summary>
static unsafe partial class AdaptiveExports
{
    const int MostSymbols = 1 << 27;

    [UnmanagedCallersOnly(EntryPoint = "lac_contexts_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint ContextsBound(nuint count) => count > MostSymbols ? 0 : (nuint)ContextCode.MaxEncodedBytes((int)count);

    [UnmanagedCallersOnly(EntryPoint = "lac_contexts_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status ContextsEncode(
        byte* kinds, nuint kindCount, uint* contexts, uint* symbols, nuint count, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            ReadOnlySpan<uint> source = Native.Input(symbols, count, nameof(symbols));
            var outcome = ContextCode.Encode(
                new ContextSet(Native.Input(kinds, kindCount, nameof(kinds))), Native.Input(contexts, count, nameof(contexts)), source,
                Native.Output(destination, capacity, nameof(destination)), out int bytes);
            return Outcomes.From(outcome, bytes, written, capacity, ContextCode.MaxEncodedBytes(source.Length));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_context_decoder_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderCreate(byte* kinds, nuint kindCount, nint* decoder)
    {
        try
        {
            Native.Clear(decoder, nameof(decoder));
            *decoder = Handles.Own(new ContextReader(new ContextSet(Native.Input(kinds, kindCount, nameof(kinds)))));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_context_decoder_begin", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderBegin(nint decoder, byte* source, nuint length)
    {
        try
        {
            var reader = Handles.Borrow<ContextReader>(decoder, nameof(decoder));
            ReadOnlySpan<byte> stream = Native.Input(source, length, nameof(source));
            lock (reader)
            {
                reader.Begin(stream);
                return Status.Ok;
            }
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_context_decoder_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderDecode(nint decoder, uint* contexts, uint* symbols, nuint count)
    {
        Span<uint> target = default;
        try
        {
            target = Native.Exactly(symbols, count, nameof(symbols));
            var reader = Handles.Borrow<ContextReader>(decoder, nameof(decoder));
            ReadOnlySpan<uint> given = Native.Input(contexts, count, nameof(contexts));
            lock (reader)
            {
                return Outcomes.From(reader.Decode(given, target));
            }
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_context_decoder_finish", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderFinish(nint decoder)
    {
        try
        {
            var reader = Handles.Borrow<ContextReader>(decoder, nameof(decoder));
            lock (reader)
            {
                return Outcomes.From(reader.Finish());
            }
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_context_decoder_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecoderDestroy(nint* decoder)
    {
        try
        {
            Handles.Release<ContextReader>(decoder, nameof(decoder));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
