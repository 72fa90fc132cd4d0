using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/encoder.h promises. No logic lives here.</summary>
static unsafe class EncoderExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_encoder_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status Create(EncoderOptions* options, nint* encoder)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(encoder, nameof(encoder));
            *encoder = Handles.Own(new NativeEncoder(Native.Options(options, EncoderOptions.Default, nameof(options))));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_encoder_send", CallConvs = [typeof(CallConvCdecl)])]
    static Status Send(nint encoder, Frame* frame)
    {
        try
        {
            return Handles.Borrow<NativeEncoder>(encoder, nameof(encoder)).Send(frame);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_encoder_get", CallConvs = [typeof(CallConvCdecl)])]
    static Status Get(nint encoder, Packet* packet)
    {
        try
        {
            Native.Fill(packet, Packet.Empty, nameof(packet));
            Packet encoded = Packet.Empty;
            Status status = Handles.Borrow<NativeEncoder>(encoder, nameof(encoder)).Get(ref encoded);
            if (status == Status.Ok)
            {
                Native.Fill(packet, encoded, nameof(packet));
            }

            return status;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_encoder_flush", CallConvs = [typeof(CallConvCdecl)])]
    static Status Flush(nint encoder)
    {
        try
        {
            Handles.Borrow<NativeEncoder>(encoder, nameof(encoder)).Flush();
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_encoder_cancel", CallConvs = [typeof(CallConvCdecl)])]
    static Status Cancel(nint encoder)
    {
        try
        {
            Handles.Borrow<NativeEncoder>(encoder, nameof(encoder)).Cancel();
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_encoder_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status Destroy(nint* encoder)
    {
        try
        {
            Handles.Release<NativeEncoder>(encoder, nameof(encoder));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
