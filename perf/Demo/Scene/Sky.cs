namespace Lacuna.Perf.Scene;

/// <summary>The sky: a gradient, a glow about the sun, and two layers of clouds.</summary>
static class Sky
{
    /// <summary>Towards the sun.</summary>
    public static readonly Vec Sun = new Vec(-0.72, 0.38, -0.30).Unit;

    public static readonly Vec SunLight = new(1.62, 1.32, 0.96);

    public static readonly Vec Ambient = new(0.30, 0.38, 0.52);

    static readonly Vec Zenith = new(0.075, 0.19, 0.46);
    static readonly Vec Middle = new(0.24, 0.43, 0.70);
    static readonly Vec Horizon = new(0.86, 0.76, 0.66);

    /// <summary>Light that comes from <paramref name="direction"/> (a unit vector).</summary>
    public static Vec Colour(Vec direction)
    {
        double up = Math.Max(direction.Y, 0);
        Vec colour = Vec.Mix(Vec.Mix(Horizon, Middle, Vec.Step(-0.02, 0.16, up)), Zenith, Vec.Step(0.08, 0.55, up));
        double side = Math.Max(0, 0.5 - 0.5 * direction.X);
        colour += new Vec(0.30, 0.16, 0.05) * (side * side * (1 - Vec.Step(0, 0.30, up)));
        if (direction.Y < 0.012)
        {
            return colour;
        }

        colour = Feathers(direction, colour);
        return Heaps(direction, colour);
    }

    /// <summary>What air of this length adds and takes away.</summary>
    public static Vec ThroughAir(Vec colour, Vec direction, double distance)
    {
        double depth = distance / 5200;
        double clear = 1 / (1 + depth + 0.5 * depth * depth);
        Vec air = Vec.Mix(new Vec(0.46, 0.57, 0.72), new Vec(0.80, 0.68, 0.56), Math.Clamp(0.35 - 0.65 * direction.X, 0, 1));
        return Vec.Mix(air, colour, clear);
    }

    static Vec Feathers(Vec direction, Vec below)
    {
        double scale = 2.2 / (direction.Y + 0.10);
        double x = direction.X * scale;
        double z = direction.Z * scale;
        double warp = Noise.Fractal(x * 0.5, z * 0.5, 3, 0.5, 40);
        double density = Noise.Fractal(x * 0.45 + 3 * warp, z * 1.5 + warp, 6, 0.55, 50);
        double cover = 0.55 * Vec.Step(0.50, 0.80, density) * Vec.Step(0.02, 0.2, direction.Y);
        return Vec.Mix(below, new Vec(0.95, 0.92, 0.90), cover);
    }

    static Vec Heaps(Vec direction, Vec below)
    {
        double here = Density(direction);
        double cover = Vec.Step(0.02, 0.16, here) * Vec.Step(0.015, 0.09, direction.Y);
        if (cover <= 0)
        {
            return below;
        }

        // Cloud between this point and the sun darkens it: one look towards the sun is enough for a picture.
        double towards = Density((direction + Sun * 0.05 + new Vec(-0.02, 0.035, 0)).Unit);
        double lit = Math.Clamp(0.62 + 2.6 * (here - towards) - 0.5 * here, 0, 1);
        Vec cloud = Vec.Mix(new Vec(0.47, 0.50, 0.60), new Vec(1.22, 1.12, 0.99), lit);
        double far = 1 - Vec.Step(0.02, 0.22, direction.Y);
        return Vec.Mix(below, Vec.Mix(cloud, Horizon * 1.02, 0.55 * far), 0.97 * cover);
    }

    static double Density(Vec direction)
    {
        double scale = 1.25 / (Math.Max(direction.Y, 0) + 0.16);
        double x = direction.X * scale + 7.3;
        double z = direction.Z * scale + 1.8;
        double shape = Noise.Fractal(x * 0.9, z * 1.2, 4, 0.5, 70);
        double edge = Noise.Fractal(x * 4.1, z * 5.2, 6, 0.58, 80);
        return shape + 0.42 * (edge - 0.5) - 0.525;
    }
}
