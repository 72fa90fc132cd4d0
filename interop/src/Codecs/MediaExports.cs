using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/media.h promises. No logic lives here.</summary>
static unsafe class MediaExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_frame_retain", CallConvs = [typeof(CallConvCdecl)])]
    static Status RetainFrame(Frame* destination, Frame* source)
    {
        try
        {
            Native.Fill(destination, Frame.Empty, nameof(destination));
            Frame frame = Native.Options(source, default, nameof(source));
            Handles.Retain<FrameMemory>(frame.Reference, "source->reference");
            Native.Fill(destination, frame, nameof(destination));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_frame_release", CallConvs = [typeof(CallConvCdecl)])]
    static Status ReleaseFrame(Frame* frame)
    {
        try
        {
            if (frame != null)
            {
                nint reference = Native.Options(frame, default, nameof(frame)).Reference;
                Handles.Release<FrameMemory>(&reference, "frame->reference");
                Native.Fill(frame, Frame.Empty, nameof(frame));
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_packet_retain", CallConvs = [typeof(CallConvCdecl)])]
    static Status RetainPacket(Packet* destination, Packet* source)
    {
        try
        {
            Native.Fill(destination, Packet.Empty, nameof(destination));
            Packet packet = Native.Options(source, default, nameof(source));
            Handles.Retain<PacketMemory>(packet.Reference, "source->reference");
            Native.Fill(destination, packet, nameof(destination));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_packet_release", CallConvs = [typeof(CallConvCdecl)])]
    static Status ReleasePacket(Packet* packet)
    {
        try
        {
            if (packet != null)
            {
                nint reference = Native.Options(packet, default, nameof(packet)).Reference;
                Handles.Release<PacketMemory>(&reference, "packet->reference");
                Native.Fill(packet, Packet.Empty, nameof(packet));
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
