using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/decoder.h promises. No logic lives here.</summary>
static unsafe class DecoderExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_estimate_memory", CallConvs = [typeof(CallConvCdecl)])]
    static Status EstimateMemory(int operation, int width, int height, int format, int threads, ulong* bytes)
    {
        try
        {
            Native.Clear(bytes, nameof(bytes));
            Limits.Within(operation, 0, 1, nameof(operation));
            PictureViews.Check(format, width, height);
            Limits.Within(threads, 0, WorkerPool.MaxWorkers, nameof(threads));
            *bytes = (ulong)(operation == 0
                ? ImageMemory.EstimateDecoding(width, height, (PixelFormat)format, threads)
                : ImageMemory.EstimateEncoding(width, height, (PixelFormat)format, threads));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status Create(DecoderOptions* options, nint* decoder)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(decoder, nameof(decoder));
            *decoder = Handles.Own(new NativeDecoder(Native.Options(options, default, nameof(options))));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_send", CallConvs = [typeof(CallConvCdecl)])]
    static Status Send(nint decoder, Packet* packet)
    {
        try
        {
            return Handles.Borrow<NativeDecoder>(decoder, nameof(decoder)).Send(packet);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_get", CallConvs = [typeof(CallConvCdecl)])]
    static Status Get(nint decoder, Frame* frame)
    {
        try
        {
            Native.Fill(frame, Frame.Empty, nameof(frame));
            Frame decoded = Frame.Empty;
            Status status = Handles.Borrow<NativeDecoder>(decoder, nameof(decoder)).Get(ref decoded);
            if (status == Status.Ok)
            {
                Native.Fill(frame, decoded, nameof(frame));
            }

            return status;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_flush", CallConvs = [typeof(CallConvCdecl)])]
    static Status Flush(nint decoder)
    {
        try
        {
            Handles.Borrow<NativeDecoder>(decoder, nameof(decoder)).Flush();
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_cancel", CallConvs = [typeof(CallConvCdecl)])]
    static Status Cancel(nint decoder)
    {
        try
        {
            Handles.Borrow<NativeDecoder>(decoder, nameof(decoder)).Cancel();
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_state_hash", CallConvs = [typeof(CallConvCdecl)])]
    static Status StateHash(nint decoder, ulong* hash)
    {
        try
        {
            Native.Clear(hash, nameof(hash));
            *hash = Handles.Borrow<NativeDecoder>(decoder, nameof(decoder)).StateHash();
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_decoder_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status Destroy(nint* decoder)
    {
        try
        {
            Handles.Release<NativeDecoder>(decoder, nameof(decoder));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
