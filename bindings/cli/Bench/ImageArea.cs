using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Cli.Bench;

/// <summary>Encoding and decoding of a whole picture, on one thread and on all.</summary>
sealed class ImageArea : IBenchArea
{
    const int Width = 768;
    const int Height = 512;

    public string Name => "image";

    public string Description => $"encode and decode {Width} x {Height} at quality 50, with kept and new coders";

    public IReadOnlyList<BenchCase> Prepare(int processors)
    {
        Picture picture = SyntheticPicture.Make(Width, Height);
        byte[] stream = ImageEncoder.Encode(picture, new ImageEncoderOptions());
        int[] threadCounts = processors > 1 ? [1, processors] : [1];
        var cases = new List<BenchCase>();
        foreach (int threads in threadCounts)
        {
            var encoding = new ImageEncoderOptions { Threads = threads };
            var decoding = new ImageDecoderOptions { Threads = threads };
            var decoded = new byte[picture.Pixels.Length];
            var encoder = new ImageEncoder(encoding); // these two live as long as the program
            var decoder = new ImageDecoder(decoding);
            cases.Add(BenchCase.Milliseconds("image/encode", threads, () => Encode(encoder, picture)));
            cases.Add(BenchCase.Milliseconds("image/decode", threads, () => Decode(decoder, stream, decoded)));
            cases.Add(BenchCase.Milliseconds("image/encode-once", threads, () => ImageEncoder.Encode(picture, encoding)));
            cases.Add(BenchCase.Milliseconds("image/decode-once", threads, () => Check(ImageDecoder.Decode(stream, decoding, out _))));
        }

        return cases;
    }

    static unsafe void Encode(ImageEncoder encoder, Picture picture)
    {
        fixed (byte* pixels = picture.Pixels)
        {
            encoder.Encode(View(pixels));
        }
    }

    static unsafe void Decode(ImageDecoder decoder, byte[] stream, byte[] decoded)
    {
        fixed (byte* pixels = decoded)
        {
            Check(decoder.Decode(stream, View(pixels)));
        }
    }

    static unsafe PictureView View(byte* pixels) => new(Width, Height, PixelFormat.Rgb, pixels, 3 * Width);

    static void Check(StreamStatus status)
    {
        if (status != StreamStatus.Done)
        {
            throw new InvalidOperationException($"The stream that was just made cannot be decoded: {status}.");
        }
    }
}
