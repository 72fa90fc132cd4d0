using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/image.h promises. No logic lives here.</summary>
static unsafe class ImageExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_image_encode_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint EncodeBound(int width, int height, int format)
    {
        try
        {
            PictureViews.CheckInterleaved(format, nameof(format));
            PictureViews.Check(format, width, height);
            if (!PictureViews.CanEncode((PixelFormat)format, width, height))
            {
                Fault.From(StreamStatus.LimitExceeded);
                return 0;
            }

            return (nuint)ImageEncoder.MaxEncodedBytes(width, height, PixelFormats.LayoutOf((PixelFormat)format));
        }
        catch (Exception error)
        {
            Fault.Record(error);
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_image_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status Encode(
        byte* pixels, nint stride, int width, int height, int format,
        ImageEncodeOptions* options, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(written, nameof(written));
            PictureViews.CheckInterleaved(format, nameof(format));
            PictureView view = PictureViews.Make(format, width, height, pixels, stride);
            ImageEncoderOptions chosen = Native.Options(options, ImageEncodeOptions.Default, nameof(options)).ToEngine();
            Span<byte> target = Native.Output(destination, capacity, nameof(destination));
            if (!PictureViews.CanEncode(view.Format, width, height))
            {
                return Fault.From(StreamStatus.LimitExceeded);
            }

            using var encoder = new ImageEncoder(chosen);
            if (!encoder.TryEncode(view, target, out int bytes))
            {
                return Fault.Record(Status.BufferTooSmall, $"The stream has {bytes} bytes; the buffer holds {capacity}.");
            }

            *written = (nuint)bytes;
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
            using FloatMode floats = FloatMode.Standard();
            ImageDecodeOptions asked = Native.Options(options, default, nameof(options));
            ImageDecoderOptions chosen = asked.ToEngine();
            ReadOnlySpan<byte> source = Native.Input(stream, length, nameof(stream));
            StreamStatus outcome = ImageDecoder.ReadInfo(source, out ImageInfo info);
            if (outcome != StreamStatus.Done)
            {
                return Fault.From(outcome);
            }

            int format = asked.Format == 0 ? (int)info.Layout : asked.Format;
            PictureView view = PictureViews.Make(format, info.Width, info.Height, pixels, stride);
            nuint extent = PictureViews.Extent(view, stride);
            if (capacity < extent)
            {
                return Fault.Record(Status.BufferTooSmall, $"The picture takes {extent} bytes; the buffer holds {capacity}.");
            }

            using var decoder = new ImageDecoder(chosen);
            return Fault.From(decoder.Decode(source, view));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
