using Lacuna.Codecs;

namespace Lacuna.Tests.Conformance;

/// <summary>Small pictures for conformance vectors, made by integer arithmetic alone: the same on every machine, for ever.</summary>
/// <remarks>Each has what codecs meet: soft gradients, hard edges, fine texture, a little noise. They must never change.</remarks>
static class SamplePictures
{
    /// <summary>Steps of one cell of the smooth noise, and its largest value + 1.</summary>
    const int One = 256;

    /// <summary>Every picture with its name.</summary>
    public static IReadOnlyList<(string Name, Func<Picture> Make)> All { get; } =
    [
        ("rgb-61x43", Rgb),
        ("grey-33x97", Grey),
        ("rgba-120x75", Rgba),
        ("grey-alpha-17x9", GreyAlpha),
        ("rgb-1100x37", Wide),
    ];

    /// <summary>A sun over waves: 61 x 43, both sides odd.</summary>
    public static Picture Rgb() => Paint(61, 43, PixelLayout.Rgb, (x, y, pixel) => Seascape(x, y, 61, 43, pixel));

    /// <summary>Hills under stripes: 33 x 97, upright.</summary>
    public static Picture Grey() => Paint(33, 97, PixelLayout.Grey, (x, y, pixel) =>
    {
        int hills = Smooth(x * 20, y * 11, 3) * 2 / 3;
        int stripes = y > 60 && (x + y / 3) % 7 < 3 ? 90 : 0;
        int edge = 3 * x > y + 10 && y < 40 ? 40 : 0;
        pixel[0] = Level(hills + stripes + edge + Grain(x, y, 4, 3));
    });

    /// <summary>A disc with a soft rim before a chequered ground: 120 x 75; clear outside, every alpha between.</summary>
    public static Picture Rgba() => Paint(120, 75, PixelLayout.Rgba, (x, y, pixel) =>
    {
        int dx = 2 * x - 119;
        int dy = 2 * y - 74;
        int square = dx * dx + dy * dy;
        bool dark = (x / 9 + y / 9) % 2 == 0;
        pixel[0] = Level(40 + x * 3 / 2 + Grain(x, y, 5, 2));
        pixel[1] = Level((dark ? 60 : 170) + Smooth(x * 30, y * 30, 6) / 8);
        pixel[2] = Level(220 - y * 2 + Smooth(x * 90, y * 90, 7) / 6);
        pixel[3] = Level((5800 - square) / 18 + (square < 5800 ? Smooth(x * 17, y * 17, 8) / 16 : 0));
    });

    /// <summary>A grey ramp, half of it see-through: 17 x 9, less than one latent's block high.</summary>
    public static Picture GreyAlpha() => Paint(17, 9, PixelLayout.GreyAlpha, (x, y, pixel) =>
    {
        pixel[0] = Level(15 * x + 2 * y);
        pixel[1] = x < 8 ? (byte)255 : Level(28 * y);
    });

    /// <summary>The sun over waves again, drawn out to 1,100 x 37: more than one region of a stream.</summary>
    public static Picture Wide() => Paint(1100, 37, PixelLayout.Rgb, (x, y, pixel) => Seascape(x, y, 1100, 37, pixel));

    static void Seascape(int x, int y, int width, int height, Span<byte> pixel)
    {
        int horizon = height * 3 / 5;
        int dx = x - width * 2 / 3;
        int dy = y - horizon / 2;
        if (dx * dx + dy * dy <= height * height / 40)
        {
            (pixel[0], pixel[1], pixel[2]) = (252, 226, 140);
        }
        else if (y < horizon)
        {
            int cloud = Math.Max(0, Smooth(x * 14, y * 30, 1) - 128);
            pixel[0] = Level(70 + 150 * y / horizon + cloud + Grain(x, y, 10, 2));
            pixel[1] = Level(110 + 70 * y / horizon + cloud * 3 / 4 + Grain(x, y, 11, 2));
            pixel[2] = Level(190 - 60 * y / horizon + cloud / 2 + Grain(x, y, 12, 2));
        }
        else
        {
            int wave = Smooth(x * 50, y * 150, 2) / 3;
            bool sail = x % 97 is > 10 and < 22 && y > horizon + 3 && y < height - 3;
            pixel[0] = Level(sail ? 200 : 20 + wave / 2);
            pixel[1] = Level(sail ? 40 : 60 + wave);
            pixel[2] = Level(sail ? 50 : 90 + wave + Grain(x, y, 13, 4));
        }
    }

    static Picture Paint(int width, int height, PixelLayout layout, Painter painter)
    {
        int channels = (int)layout;
        var pixels = new byte[width * height * channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                painter(x, y, pixels.AsSpan((y * width + x) * channels, channels));
            }
        }

        return new(width, height, layout, pixels);
    }

    /// <summary>Value noise, 0 to 255; positions in 1/256 of a cell.</summary>
    static int Smooth(int x, int y, int seed)
    {
        (int column, int row) = (x / One, y / One);
        int u = Fade(x % One);
        int v = Fade(y % One);
        int upper = Corner(column, row, seed) * (One - u) + Corner(column + 1, row, seed) * u;
        int lower = Corner(column, row + 1, seed) * (One - u) + Corner(column + 1, row + 1, seed) * u;
        return (upper * (One - v) + lower * v) / (One * One);
    }

    /// <summary>-<paramref name="reach"/> to <paramref name="reach"/>, each as likely.</summary>
    static int Grain(int x, int y, int seed, int reach) => (int)(Hash(x, y, seed) % (uint)(2 * reach + 1)) - reach;

    static int Corner(int x, int y, int seed) => (int)(Hash(x, y, seed) >> 24);

    /// <summary>3 t^2 - 2 t^3 for t = <paramref name="x"/> / 256.</summary>
    static int Fade(int x) => x * x * (3 * One - 2 * x) / (One * One);

    static uint Hash(int x, int y, int seed)
    {
        uint h = (uint)x * 0x9E3779B1u ^ (uint)y * 0x85EBCA77u ^ (uint)seed * 0xC2B2AE3Du;
        h = (h ^ h >> 15) * 0x2C1B3C6Du;
        h = (h ^ h >> 12) * 0x297A2D39u;
        return h ^ h >> 15;
    }

    static byte Level(int value) => (byte)Math.Clamp(value, 0, 255);

    delegate void Painter(int x, int y, Span<byte> pixel);
}
