using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/image.h promises. No logic lives here.</summary>
static unsafe class ImageExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_image_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status Info(byte* stream, nuint length, ImageProperties* properties)
    {
        try
        {
            Native.Fill(properties, default, nameof(properties));
            Status status = Fault.From(ImageDecoder.ReadInfo(Native.Input(stream, length, nameof(stream)), out ImageInfo info));
            if (status == Status.Ok)
            {
                Native.Fill(properties, ImageProperties.From(info), nameof(properties));
            }

            return status;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_image_encode_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint EncodeBound(int width, int height, int channels)
    {
        try
        {
            PixelRows.CheckShape(width, height, channels);
            if (!PixelRows.CanEncode(width, height, channels))
            {
                Fault.From(StreamStatus.LimitExceeded);
                return 0;
            }

            return (nuint)ImageEncoder.MaxEncodedBytes(width, height, (PixelLayout)channels);
        }
        catch (Exception error)
        {
            Fault.Record(error);
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_image_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status Encode(
        byte* pixels, nint stride, int width, int height, int channels,
        ImageEncodeOptions* options, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Require(written, nameof(written));
            *written = 0;
            var rows = new PixelRows(pixels, stride, width, height, channels);
            ImageEncoderOptions chosen = Native.Options(options, ImageEncodeOptions.Default, nameof(options)).ToEngine();
            Span<byte> target = Native.Output(destination, capacity, nameof(destination));
            if (!PixelRows.CanEncode(width, height, channels))
            {
                return Fault.From(StreamStatus.LimitExceeded);
            }

            var packed = new byte[width * height * channels];
            rows.CopyTo(packed);
            byte[] stream = ImageEncoder.Encode(new Picture(width, height, (PixelLayout)channels, packed), chosen);
            if (stream.Length > target.Length)
            {
                return Fault.Record(Status.BufferTooSmall, $"The stream has {stream.Length} bytes; the buffer holds {capacity}.");
            }

            stream.CopyTo(target);
            *written = (nuint)stream.Length;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_image_decode_into", CallConvs = [typeof(CallConvCdecl)])]
    static Status DecodeInto(
        byte* stream, nuint length, ImageDecodeOptions* options, byte* pixels, nint stride, nuint capacity)
    {
        try
        {
            ImageDecoderOptions chosen = Native.Options(options, default, nameof(options)).ToEngine();
            ReadOnlyMemory<byte> source = Native.InputMemory(stream, length, nameof(stream));
            StreamStatus outcome = ImageDecoder.ReadInfo(source.Span, out ImageInfo info);
            if (outcome != StreamStatus.Done)
            {
                return Fault.From(outcome);
            }

            var rows = new PixelRows(pixels, stride, info.Width, info.Height, (int)info.Layout);
            if (capacity < rows.Extent)
            {
                return Fault.Record(Status.BufferTooSmall, $"The picture takes {rows.Extent} bytes; the buffer holds {capacity}.");
            }

            outcome = ImageDecoder.Decode(source, chosen, out Picture? picture);
            if (outcome == StreamStatus.Done)
            {
                rows.CopyFrom(picture!.Pixels);
            }

            return Fault.From(outcome);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
