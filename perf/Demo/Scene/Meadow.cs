namespace Lacuna.Perf.Scene;

/// <summary>The near bank, painted over the traced picture: blades of grass, poppies, daisies and buttercups, far ones first.</summary>
sealed class Meadow(Vec[] canvas, int width, int height)
{
    const int Layers = 46;

    readonly double unit = width / 768.0;

    /// <summary>Paints the bank into the canvas.</summary>
    public void Paint()
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            double near = layer / (Layers - 1.0);
            Soil(near);
            for (int blade = 0; blade < 105; blade++)
            {
                Blade(layer, blade, near);
            }

            for (int flower = 0; flower < 4; flower++)
            {
                Flower(layer, flower, near);
            }
        }
    }

    /// <summary>Height of the bank's crest above the bottom of the picture, in pixels of 768 a row; layers step down from it.</summary>
    double Crest(double x, double near)
    {
        double share = x / width;
        double crest = 62 + 52 * (share - 0.42) * (share - 0.42) * 4 + 14 * (Noise.Value(share * 5, 0.5, 200) - 0.5);
        return (crest * (1 - near) - 14 * near) * unit;
    }

    void Soil(double near)
    {
        Vec earth = Vec.Mix(new Vec(0.045, 0.062, 0.020), new Vec(0.018, 0.030, 0.010), near);
        for (int x = 0; x < width; x++)
        {
            int top = height - (int)Crest(x, near);
            for (int y = Math.Max(top, 0); y < height; y++)
            {
                canvas[y * width + x] = earth;
            }
        }
    }

    void Blade(int layer, int blade, double near)
    {
        double x = (blade + 1.4 * Noise.Cell(blade, layer, 211) - 0.2) * width / 105;
        double tall = (9 + 12 * Noise.Cell(blade, layer, 212) + 22 * near) * unit;
        double lean = (Noise.Cell(blade, layer, 213) - 0.36) * tall * 0.9;
        double thick = (0.55 + 0.7 * Noise.Cell(blade, layer, 214) + 0.8 * near) * unit;
        double patch = Noise.Fractal(x / width * 9, layer / 7.0, 3, 0.6, 215);
        double dry = Vec.Step(0.45, 0.75, patch) * 0.75 + 0.25 * Noise.Cell(blade, layer, 216);
        Vec colour = Vec.Mix(new Vec(0.075, 0.155, 0.028), new Vec(0.36, 0.32, 0.085), dry) * (0.65 + 0.9 * Noise.Cell(blade, layer, 217));
        Stroke(x, height - Crest(x, near) + 2 * unit, lean, tall, thick, colour);
    }

    void Stroke(double x, double foot, double lean, double tall, double thick, Vec colour)
    {
        int steps = (int)(tall * 1.3) + 2;
        for (int step = 0; step <= steps; step++)
        {
            double up = (double)step / steps;
            double centre = x + lean * up * up;
            double half = 0.5 * thick * (1 - 0.85 * up) + 0.25 * unit;
            Vec shade = colour * (0.32 + 0.95 * up);
            int y = (int)(foot - tall * up * (1 - 0.12 * up));
            for (int column = (int)(centre - half); column <= (int)(centre + half); column++)
            {
                // The left edge of a blade faces the sun.
                double side = (column - centre) / (half + 0.5);
                Dot(column, y, shade * (1.08 - 0.30 * side));
            }
        }
    }

    void Flower(int layer, int flower, double near)
    {
        double chance = Noise.Cell(flower, layer, 221);
        double x = Noise.Cell(flower, layer, 222) * width;
        double cluster = Noise.Fractal(x / width * 4, near * 2, 2, 0.5, 223);
        if (chance > 1.7 * cluster - 0.32)
        {
            return;
        }

        double tall = (14 + 12 * Noise.Cell(flower, layer, 224) + 24 * near) * unit;
        double lean = (Noise.Cell(flower, layer, 225) - 0.4) * 0.5 * tall;
        double foot = height - Crest(x, near);
        Stroke(x, foot, lean, tall, 0.9 * unit, new Vec(0.10, 0.17, 0.04));
        double size = (1.7 + 1.1 * Noise.Cell(flower, layer, 226) + 4.2 * near) * unit;
        double y = foot - 0.88 * tall;
        int kind = (int)(Noise.Cell(flower, layer, 227) * 10);
        if (kind < 5)
        {
            Petals(x + lean, y, size * 1.25, 4, new Vec(0.66, 0.040, 0.018), new Vec(0.02, 0.015, 0.02), layer * 7 + flower);
        }
        else if (kind < 8)
        {
            Petals(x + lean, y, size, 11, new Vec(0.86, 0.85, 0.82), new Vec(0.75, 0.45, 0.03), layer * 7 + flower);
        }
        else
        {
            Petals(x + lean, y, size * 0.75, 5, new Vec(0.83, 0.58, 0.02), new Vec(0.55, 0.33, 0.01), layer * 7 + flower);
        }
    }

    void Petals(double x, double y, double size, int count, Vec petal, Vec heart, int seed)
    {
        double tilt = 0.62 + 0.3 * Noise.Cell(seed, 1, 231);
        for (int row = (int)(y - size); row <= (int)(y + size); row++)
        {
            for (int column = (int)(x - size); column <= (int)(x + size); column++)
            {
                double dx = (column - x) / size;
                double dy = (row - y) / (size * tilt);
                double radius = Math.Sqrt(dx * dx + dy * dy);
                double turn = Turn(dx, dy) * count + Noise.Cell(seed, 2, 232);
                double within = Math.Abs(turn - Math.Floor(turn) - 0.5);
                double rim = count > 8 ? 1 - 0.75 * Vec.Step(0.25, 0.5, within) : 1 - 0.9 * within * within;
                if (radius < rim)
                {
                    double light = 0.72 + 0.38 * radius - 0.22 * dx - 0.18 * dy - 0.35 * Vec.Step(0.36, 0.5, within);
                    Dot(column, row, radius < 0.27 ? heart * (1.1 - 0.5 * dy) : petal * light);
                }
            }
        }
    }

    /// <summary>A stand-in for the angle: 0 to 1 around the circle, exact arithmetic only.</summary>
    static double Turn(double x, double y)
    {
        double sum = Math.Abs(x) + Math.Abs(y) + 1e-9;
        double quarter = y / sum;
        return x >= 0 ? 0.25 + 0.25 * quarter : 0.75 - 0.25 * quarter;
    }

    void Dot(int x, int y, Vec colour)
    {
        if ((uint)x < (uint)width && (uint)y < (uint)height)
        {
            canvas[y * width + x] = colour;
        }
    }
}
