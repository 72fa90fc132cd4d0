using System.Text;
using Lacuna.Cli.Files;
using Lacuna.Codecs;
using Lacuna.Tests.Cli.Files;
using Lacuna.Tests.Engine.Codecs;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary>
/// <see cref="PictureReader"/> with files of one kind: a picture within the limit, or the exception that names a fault.
/// </summary>
abstract class PictureFileTarget(string name, int mutations) : IFuzzTarget
{
    const long MaxPixels = 1 << 14;

    public string Name => name;

    public int Mutations => mutations;

    public long MostAllocated => 8 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        try
        {
            Picture picture = PictureReader.Read(input.ToArray(), MaxPixels);
            Assert.InRange((long)picture.Width * picture.Height, 1, MaxPixels);
            return true;
        }
        catch (FileFormatException)
        {
            return false;
        }
    }

    public abstract IEnumerable<(string Name, byte[] Bytes)> MakeSeeds();

    public virtual byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) => mutator.Change(seed, other);

    protected static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    protected static byte[] Written(PixelLayout layout, OutputFormat format)
    {
        var file = new MemoryStream();
        PictureWriter.Write(Scenes.Make(19, 11, layout), format, file);
        return file.ToArray();
    }
}

/// <summary>PNG; three in four mutations have right checks.</summary>
sealed class PngTarget() : PictureFileTarget("png", 1000)
{
    public override IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("rgb.png", Written(PixelLayout.Rgb, OutputFormat.Png)),
        ("grey-alpha.png", Written(PixelLayout.GreyAlpha, OutputFormat.Png)),
        ("palette-interlaced.png", PngMaker.Make(9, 7, 4, 3, true, (x, y, _) => (x + y) % 16, ("PLTE", new byte[48]), ("tRNS", [1, 2, 3]))),
        ("grey-16-bit.png", PngMaker.Make(9, 7, 16, 0, false, (x, y, _) => 4000 * (x + y), ("tRNS", [0, 9]))),
    ];

    public override byte[] Mutate(byte[] seed, byte[] other, Mutator mutator)
    {
        byte[] file = mutator.Change(seed, other);
        if (!mutator.Once(4))
        {
            PngMaker.RepairChecks(file);
        }

        return file;
    }
}

/// <summary>PBM, PGM and PPM, plain and binary.</summary>
sealed class NetpbmTarget() : PictureFileTarget("netpbm", 500)
{
    public override IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("rgb.ppm", Written(PixelLayout.Rgb, OutputFormat.Ppm)),
        ("plain.pgm", Text("P2\n# a comment\n4 3\n15\n1 2 3 4 5 6 7 8 9 10 11 12\n")),
        ("plain.pbm", Text("P1\n4 3\n0101 1010 0011\n")),
        ("bits.pbm", [.. Text("P4\n9 2\n"), 1, 0x80, 2, 0]),
        ("deep.pgm", [.. Text("P5 2 1 65535\n"), 1, 2, 3, 4]),
    ];
}

/// <summary>PAM.</summary>
sealed class PamTarget() : PictureFileTarget("pam", 500)
{
    public override IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("rgba.pam", Written(PixelLayout.Rgba, OutputFormat.Pam)),
        ("grey-alpha.pam", Written(PixelLayout.GreyAlpha, OutputFormat.Pam)),
        ("deep.pam", [.. Text("P7\n# made by hand\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 1023\nTUPLTYPE RGB\nENDHDR\n"), 1, 2, 3, 4, 2, 0]),
    ];
}

/// <summary>y4m.</summary>
sealed class Y4mTarget() : PictureFileTarget("y4m", 500)
{
    public override IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("420.y4m", Written(PixelLayout.Rgb, OutputFormat.Y4m420)),
        ("444.y4m", [.. Text("YUV4MPEG2 W4 H2 F25:1 Ip A1:1 C444\nFRAME\n"), .. Enumerable.Range(0, 24).Select(i => (byte)(i * 9))]),
        ("mono.y4m", [.. Text("YUV4MPEG2 W3 H2 Cmono\nFRAME\n"), 1, 2, 3, 4, 5, 6]),
    ];
}
