namespace Lacuna.Perf.Scene;

/// <summary>The land as a height over (x, z): snow mountains, wooded shores, a headland; the water lies at 0.</summary>
static class Terrain
{
    /// <summary>Nothing is higher.</summary>
    public const double Summit = 1300;

    const double TreeCell = 7.5;

    /// <summary>Where the tower and the cottage stand.</summary>
    public static readonly Vec Headland = new(78, 0, 235);

    /// <summary>Height of the bare ground.</summary>
    /// <param name="octaves">Detail: 5 finds the shape, 10 is for shading.</param>
    public static double Ground(double x, double z, int octaves)
    {
        double shore = 60 * (Noise.Fractal(x / 170, z / 170, 3, 0.5, 11) - 0.5);
        double far = Vec.Step(560, 1000, z + shore);
        double height = -9 + 34 * Vec.Step(470, 620, z + shore + 0.10 * Math.Abs(x));
        double left = Vec.Step(60, 330, -x - 0.18 * z + shore) * Vec.Step(90, 260, z);
        height += 85 * left * (0.55 + 0.45 * Noise.Fractal(x / 120, z / 120, Math.Min(octaves, 5), 0.5, 21));
        height += Knoll(x, z);
        if (far > 0)
        {
            double hills = Noise.Ridged(x / 640 + 0.2, z / 640 + 0.7, octaves, 31);
            double range = Vec.Step(1500, 2900, z);
            double hollow = 1 - 0.45 * (1 - Vec.Step(0, 0.35, Math.Abs(x / z - 0.16)));
            height += far * (210 * hills + 24 * Noise.Fractal(x / 90, z / 90, Math.Max(1, octaves - 4), 0.5, 34));
            if (range > 0)
            {
                height += range * hollow * 1270 * Noise.Ridged(x / 1500 + 0.62, z / 1500 + 0.35, octaves, 36);
            }
        }

        return height;
    }

    /// <summary>Height of the ground and of the trees on it.</summary>
    public static double Canopy(double x, double z, int octaves) => Ground(x, z, octaves) is var ground && z < 1500
        ? ground + Tree(x, z, ground)
        : ground;

    /// <summary>Bound of what <see cref="Canopy"/> adds to the ground.</summary>
    public static double TallestTree(double z) => z < 1500 ? 19 : 0;

    /// <summary>Height of the conifer at (x, z) over the ground; 0 where there is none.</summary>
    public static double Tree(double x, double z, double ground)
    {
        if (ground < 1.5 || ground > 330)
        {
            return 0;
        }

        int column = (int)Math.Floor(x / TreeCell);
        int row = (int)Math.Floor(z / TreeCell);
        double best = 0;
        for (int r = row - 1; r <= row + 1; r++)
        {
            for (int c = column - 1; c <= column + 1; c++)
            {
                best = Math.Max(best, OneTree(x, z, c, r));
            }
        }

        return best * (1 - Vec.Step(210, 330, ground)) * Vec.Step(1.5, 4, ground);
    }

    /// <summary>The upward normal of the ground.</summary>
    public static Vec Normal(double x, double z, double reach, int octaves)
    {
        double dx = Ground(x + reach, z, octaves) - Ground(x - reach, z, octaves);
        double dz = Ground(x, z + reach, octaves) - Ground(x, z - reach, octaves);
        return new Vec(-dx, 2 * reach, -dz).Unit;
    }

    static double Knoll(double x, double z)
    {
        double dx = (x - Headland.X) / 1.9;
        double dz = z - Headland.Z;
        double rough = 9 * (Noise.Fractal(x / 16, z / 16, 5, 0.55, 25) - 0.5);
        double distance = Math.Sqrt(dx * dx + dz * dz) + rough;
        double rise = 17.5 * (1 - Vec.Step(14, 40, distance));
        double east = Vec.Step(100, 260, x) * Vec.Step(150, 235, z) * 24;
        return Math.Max(rise, east);
    }

    static double OneTree(double x, double z, int column, int row)
    {
        double keep = Noise.Cell(column, row, 91);
        double dense = Noise.Fractal(column / 9.0, row / 9.0, 2, 0.5, 92);
        double cx = (column + 0.2 + 0.6 * Noise.Cell(column, row, 93)) * TreeCell;
        double cz = (row + 0.2 + 0.6 * Noise.Cell(column, row, 94)) * TreeCell;
        double hx = (cx - Headland.X) / 1.9;
        double hz = cz - Headland.Z;
        if (keep > 0.25 + 1.1 * dense || hx * hx + hz * hz < 30 * 30)
        {
            return 0;
        }

        double tall = 9 + 10 * Noise.Cell(column, row, 95);
        double radius = 0.24 * tall;
        double dx = x - cx;
        double dz = z - cz;
        double distance = Math.Sqrt(dx * dx + dz * dz) / radius;
        if (distance >= 1.15)
        {
            return 0;
        }

        double ragged = 0.30 * (Noise.Value(x * 1.7, z * 1.7, 96) - 0.5) + 0.16 * (Noise.Value(x * 5, z * 5, 97) - 0.5);
        return Math.Max(0, tall * (1 - distance + ragged * Math.Min(1, 2 * distance)));
    }
}
