using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/stream.h promises. No logic lives here.</summary>
static unsafe class StreamExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_probe", CallConvs = [typeof(CallConvCdecl)])]
    static Probe GetProbe(byte* data, nuint length)
    {
        using FloatMode floats = FloatMode.Standard();
        const int Enough = 64;
        return data == null
            ? Probe.Maybe
            : ImageDecoder.ReadInfo(new ReadOnlySpan<byte>(data, (int)nuint.Min(length, Enough)), out _) switch
            {
                StreamStatus.NotAStream => Probe.No,
                StreamStatus.Truncated => Probe.Maybe,
                StreamStatus.InvalidData => Probe.No,
                _ => Probe.Yes,
            };
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_stream_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status Info(byte* stream, nuint length, StreamProperties* properties)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Fill(properties, default, nameof(properties));
            Status status = Fault.From(ImageDecoder.ReadInfo(Native.Input(stream, length, nameof(stream)), out ImageInfo info));
            if (status == Status.Ok)
            {
                Native.Fill(properties, StreamProperties.From(info), nameof(properties));
            }

            return status;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_stream_required_model", CallConvs = [typeof(CallConvCdecl)])]
    static Status RequiredModel(byte* stream, nuint length, ulong* hash)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(hash, nameof(hash));
            Status status = Fault.From(ImageDecoder.ReadInfo(Native.Input(stream, length, nameof(stream)), out ImageInfo info));
            *hash = info.Model;
            return status;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
