using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Kernels;
using Lacuna.Streams;

namespace Lacuna.Example;

/// <summary>
/// Reads a stream, decodes it, encodes a picture of its own and decodes that, and shows how an error is reported. The examples in C,
/// C++ and Python do the same and print the same lines: ../README.md.
/// </summary>
public static class Example
{
    const int GradientWidth = 256;
    const int GradientHeight = 128;

    static int Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: example GOLDEN.LAC");
            return 2;
        }

        Run(arguments[0], Console.Out);
        return 0;
    }

    /// <summary>The whole program.</summary>
    /// <param name="path">The golden stream.</param>
    /// <param name="output">Receives what is printed.</param>
    public static void Run(string path, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        byte[] golden = File.ReadAllBytes(path);
        Print("golden.lac", Decode(golden), output);

        byte[] stream = ImageEncoder.Encode(Gradient(), new ImageEncoderOptions { Quality = 60 });
        output.WriteLine($"gradient: encoded, {stream.Length} bytes");
        Print("gradient", Decode(stream), output);

        // A stream cut short is a status, never an exception of the engine's.
        StreamStatus status = ImageDecoder.Decode(golden.AsMemory(0, golden.Length / 2), new ImageDecoderOptions(), out Picture? _);
        output.WriteLine($"cut short: {(status == StreamStatus.Truncated ? "truncated" : "another status")}");
    }

    static Picture Decode(byte[] stream)
    {
        StreamStatus status = ImageDecoder.Decode(stream, new ImageDecoderOptions(), out Picture? picture);
        return status == StreamStatus.Done ? picture! : throw new InvalidDataException($"The stream cannot be decoded: {status}.");
    }

    static void Print(string name, Picture picture, TextWriter output) =>
        output.WriteLine($"{name}: {picture.Width} x {picture.Height}, crc32c {Crc32C.Run(0, picture.Pixels):x8}");

    /// <summary>A picture made here.</summary>
    static Picture Gradient()
    {
        var pixels = new byte[GradientWidth * GradientHeight * 3];
        for (int y = 0; y < GradientHeight; y++)
        {
            for (int x = 0; x < GradientWidth; x++)
            {
                int at = 3 * ((y * GradientWidth) + x);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)x, (byte)(2 * y), (byte)(255 - x));
            }
        }

        return new Picture(GradientWidth, GradientHeight, PixelLayout.Rgb, pixels);
    }
}
