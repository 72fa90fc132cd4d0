using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>The exports of lacuna/payload.h. No logic lives here.</summary>
static unsafe class PayloadExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_compress_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint CompressBound(nuint length, CompressOptions* options)
    {
        try
        {
            Limits.AtMost(length, Array.MaxLength, nameof(length));
            return (nuint)Compressor.MaxCompressedBytes((int)length, Chosen(options));
        }
        catch (Exception error)
        {
            Fault.Record(error);
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_compress", CallConvs = [typeof(CallConvCdecl)])]
    static Status Compress(
        byte* source, nuint length, CompressOptions* options, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            using var compressor = new Compressor(Chosen(options));
            return Run(compressor, source, length, destination, capacity, written);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decompress", CallConvs = [typeof(CallConvCdecl)])]
    static Status Decompress(
        byte* source, nuint length, DecompressOptions* options, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            using var decompressor = new Decompressor(Chosen(options));
            return Run(decompressor, source, length, destination, capacity, written);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_compressor_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status CompressorCreate(CompressOptions* options, nint* compressor)
    {
        try
        {
            Native.Clear(compressor, nameof(compressor));
            *compressor = Handles.Own(new InTurns<Compressor>(new Compressor(Chosen(options)), nameof(compressor)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_compressor_compress", CallConvs = [typeof(CallConvCdecl)])]
    static Status CompressorCompress(
        nint compressor, byte* source, nuint length, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            var own = Handles.Borrow<InTurns<Compressor>>(compressor, nameof(compressor));
            using Turns.Turn turn = own.Take();
            return Run(own.Target, source, length, destination, capacity, written);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_compressor_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status CompressorDestroy(nint* compressor)
    {
        try
        {
            Handles.Release<InTurns<Compressor>>(compressor, nameof(compressor));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decompressor_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecompressorCreate(DecompressOptions* options, nint* decompressor)
    {
        try
        {
            Native.Clear(decompressor, nameof(decompressor));
            *decompressor = Handles.Own(new InTurns<Decompressor>(new Decompressor(Chosen(options)), nameof(decompressor)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decompressor_decompress", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecompressorDecompress(
        nint decompressor, byte* source, nuint length, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            var own = Handles.Borrow<InTurns<Decompressor>>(decompressor, nameof(decompressor));
            using Turns.Turn turn = own.Take();
            return Run(own.Target, source, length, destination, capacity, written);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decompressor_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecompressorDestroy(nint* decompressor)
    {
        try
        {
            Handles.Release<InTurns<Decompressor>>(decompressor, nameof(decompressor));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_payload_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status Info(byte* source, nuint length, PayloadProperties* properties)
    {
        try
        {
            Native.Fill(properties, default, nameof(properties));
            Status status = Outcomes.From(
                Decompressor.TryReadInfo(Native.Input(source, length, nameof(source)), out CompressedInfo info));
            Native.Fill(properties, PayloadProperties.From(info), nameof(properties));
            return status;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    static CompressorOptions Chosen(CompressOptions* options) =>
        Native.Options(options, CompressOptions.Default, nameof(options)).ToEngine();

    static DecompressorOptions Chosen(DecompressOptions* options) =>
        Native.Options(options, DecompressOptions.Default, nameof(options)).ToEngine();

    static Status Run(Compressor compressor, byte* source, nuint length, byte* destination, nuint capacity, nuint* written)
    {
        ReadOnlySpan<byte> bytes = Native.Input(source, length, nameof(source));
        Span<byte> target = Native.Output(destination, capacity, nameof(destination));
        CompressionStatus outcome = compressor.Compress(bytes, target, out int used);
        *written = (nuint)used;
        return outcome == CompressionStatus.DestinationTooSmall
            ? Outcomes.TooSmall(nameof(destination), capacity, Compressor.MaxCompressedBytes(bytes.Length, compressor.Options))
            : Outcomes.From(outcome);
    }

    static Status Run(Decompressor decompressor, byte* source, nuint length, byte* destination, nuint capacity, nuint* written)
    {
        ReadOnlySpan<byte> payload = Native.Input(source, length, nameof(source));
        Span<byte> target = Native.Output(destination, capacity, nameof(destination));
        DecompressResult result = decompressor.Decompress(payload, target);
        *written = (nuint)result.Written;
        return Outcomes.From(result);
    }
}
