using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Files;

/// <summary>Damaged files of every kind end in a picture or in a <see cref="FileFormatException"/>, never otherwise.</summary>
public class MutatedFileTests
{
    const int Mutations = 1500;
    const long MaxPixels = 1 << 16;

    static byte[] Written(PixelLayout layout, OutputFormat format)
    {
        var file = new MemoryStream();
        PictureWriter.Write(TestPictures.Slopes(19, 11, layout, 3), format, file);
        return file.ToArray();
    }

    static byte[] Text(string text) => [.. text.Select(c => (byte)c)];

    static byte[] Seed(string name) => name switch
    {
        "png" => Written(PixelLayout.Rgb, OutputFormat.Png),
        "interlaced palette png" => PngMaker.Make(9, 7, 4, 3, true, (x, y, _) => (x + y) % 16, ("PLTE", new byte[48]), ("tRNS", [1, 2, 3])),
        "16-bit png" => PngMaker.Make(9, 7, 16, 0, true, (x, y, _) => 4000 * (x + y), ("tRNS", [0, 9])),
        "pam" => Written(PixelLayout.Rgba, OutputFormat.Pam),
        "ppm" => Written(PixelLayout.Rgb, OutputFormat.Ppm),
        "plain pgm" => Text("P2\n4 3\n15\n1 2 3 4 5 6 7 8 9 10 11 12\n"),
        "plain pbm" => Text("P1\n4 3\n0101 1010 0011\n"),
        "y4m" => Written(PixelLayout.Rgb, OutputFormat.Y4m420),
        "jpeg" => Convert.FromBase64String(JpegTests.Turned),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    [Theory]
    [InlineData("png")]
    [InlineData("interlaced palette png")]
    [InlineData("16-bit png")]
    [InlineData("pam")]
    [InlineData("ppm")]
    [InlineData("plain pgm")]
    [InlineData("plain pbm")]
    [InlineData("y4m")]
    [InlineData("jpeg")]
    public void A_mutated_file_never_ends_the_program(string name)
    {
        byte[] seed = Seed(name);
        var random = new Random(17);
        int faults = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] file = Mutated(seed, random);
            if (name.EndsWith("png", StringComparison.Ordinal) && random.Next(4) != 0)
            {
                PngMaker.RepairChecks(file);
            }

            try
            {
                Picture picture = PictureReader.Read(file, MaxPixels);
                Assert.InRange((long)picture.Width * picture.Height, 1, MaxPixels);
            }
            catch (FileFormatException)
            {
                faults++;
            }
        }

        Assert.True(faults > 0);
    }

    static byte[] Mutated(byte[] seed, Random random)
    {
        byte[] file = [.. seed];
        for (int flips = random.Next(1, 5); flips > 0; flips--)
        {
            int position = random.Next(file.Length);
            file[position] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(file[position] ^ (1 << random.Next(8)));
        }

        return random.Next(6) == 0 ? file[..random.Next(file.Length)] : file;
    }
}
