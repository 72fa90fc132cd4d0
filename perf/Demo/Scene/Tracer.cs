namespace Lacuna.Perf.Scene;

/// <summary>Follows a ray to the land, the water, a solid or the sky, and says what light comes back along it.</summary>
static class Tracer
{
    const double Far = 5200;

    public static Vec Trace(Vec origin, Vec direction)
    {
        double water = direction.Y < 0 ? -origin.Y / direction.Y : double.MaxValue;
        double limit = Math.Min(water, Far);
        double land = ToLand(origin, direction, limit);
        var solid = Objects.Trace(origin, direction, Math.Min(land, limit), out Vec normal);
        if (solid.Matter != Matter.None)
        {
            return Sky.ThroughAir(Solid(origin + direction * solid.Distance, direction, normal, solid.Matter), direction, solid.Distance);
        }

        if (land < limit)
        {
            return Sky.ThroughAir(Land(origin + direction * land, land), direction, land);
        }

        return water < Far
            ? Sky.ThroughAir(Water(origin + direction * water, direction, water), direction, 0.7 * water)
            : Sky.Colour(direction);
    }

    /// <summary>Distance to the land or the trees, or <paramref name="limit"/>.</summary>
    static double ToLand(Vec origin, Vec direction, double limit)
    {
        double t = 12;
        double last = t;
        while (t < limit)
        {
            Vec at = origin + direction * t;
            if (at.Y > Terrain.Summit && direction.Y > 0)
            {
                return limit;
            }

            double gap = at.Y - Terrain.Ground(at.X, at.Z, 5) - Terrain.TallestTree(at.Z);
            if (gap < 0 && (gap = at.Y - Terrain.Canopy(at.X, at.Z, 7)) < 0)
            {
                return Refine(origin, direction, last, t);
            }

            last = t;
            t += gap > 25 || at.Z > 1500 ? Math.Max(0.0012 * t, 0.42 * gap) : Math.Max(0.0013 * t, Math.Min(0.35 * gap, 0.006 * t));
        }

        return limit;
    }

    static double Refine(Vec origin, Vec direction, double above, double below)
    {
        for (int halving = 0; halving < 7; halving++)
        {
            double middle = 0.5 * (above + below);
            Vec at = origin + direction * middle;
            (above, below) = at.Y > Terrain.Canopy(at.X, at.Z, 7) ? (middle, below) : (above, middle);
        }

        return below;
    }

    static Vec Land(Vec at, double distance)
    {
        double ground = Terrain.Ground(at.X, at.Z, 8);
        double tree = at.Z < 1500 ? Terrain.Tree(at.X, at.Z, ground) : 0;
        return tree > 0.6 ? Needles(at, tree) : Bare(at, distance);
    }

    static Vec Needles(Vec at, double tall)
    {
        const double Reach = 0.35;
        double dx = Terrain.Canopy(at.X + Reach, at.Z, 5) - Terrain.Canopy(at.X - Reach, at.Z, 5);
        double dz = Terrain.Canopy(at.X, at.Z + Reach, 5) - Terrain.Canopy(at.X, at.Z - Reach, 5);
        Vec normal = new Vec(-dx, 1.1 * Reach, -dz).Unit;
        double tint = Noise.Fractal(at.X / 14, at.Z / 14, 3, 0.6, 140);
        double needle = Noise.Fractal(at.X * 3, at.Y * 4 + at.Z * 3, 3, 0.7, 141);
        Vec green = Vec.Mix(new Vec(0.028, 0.062, 0.030), new Vec(0.125, 0.135, 0.035), Vec.Step(0.3, 0.8, tint)) * (0.55 + 0.9 * needle);
        double sun = Math.Max(0, 0.15 + 0.85 * normal.Dot(Sky.Sun)) * Shadow(at + new Vec(0, 3, 0));
        double open = 0.35 + 0.65 * Math.Min(1, tall / 9);
        return green * (Sky.SunLight * (1.5 * sun) + Sky.Ambient * open);
    }

    static Vec Bare(Vec at, double distance)
    {
        double reach = Math.Max(0.15, 0.0011 * distance);
        Vec normal = Terrain.Normal(at.X, at.Z, reach, 10);
        double patch = Noise.Fractal(at.X / 35, at.Z / 35, 5, 0.55, 150);
        double fine = Noise.Fractal(at.X / 2.3, at.Z / 2.3 + at.Y / 3, 4, 0.65, 151);
        double strata = Noise.Fractal(at.X / 20, at.Y / 7 + at.Z / 60, 5, 0.6, 152);
        Vec rock = Vec.Mix(new Vec(0.17, 0.145, 0.125), new Vec(0.33, 0.29, 0.255), strata) * (0.7 + 0.6 * fine);
        Vec grass = Vec.Mix(new Vec(0.10, 0.125, 0.03), new Vec(0.24, 0.215, 0.07), patch) * (0.65 + 0.7 * fine);
        double steep = 1 - normal.Y;
        Vec colour = Vec.Mix(grass, rock, Vec.Step(0.16, 0.34, steep + 0.25 * (patch - 0.5) + 0.22 * Vec.Step(200, 420, at.Y)));
        colour = Vec.Mix(new Vec(0.22, 0.185, 0.13) * (0.6 + 0.8 * fine), colour, Vec.Step(0.4, 2.2, at.Y + 1.4 * (patch - 0.5)));
        double snow = Vec.Step(330, 480, at.Y + 240 * (patch - 0.5) + 70 * (fine - 0.5)) * (1 - Vec.Step(0.34, 0.56, steep));
        colour = Vec.Mix(colour, new Vec(0.88, 0.91, 0.96), snow);
        double sun = Math.Max(0, normal.Dot(Sky.Sun)) * Shadow(at + normal * (1 + 0.004 * distance));
        double bounce = Math.Max(0, 0.5 + 0.5 * normal.Y);
        return colour * (Sky.SunLight * (1.45 * sun) + Sky.Ambient * (0.85 * bounce));
    }

    static Vec Solid(Vec at, Vec direction, Vec normal, Matter matter)
    {
        Vec colour = Objects.Albedo(matter, at, normal);
        double sun = Math.Max(0, normal.Dot(Sky.Sun));
        if (sun > 0 && Objects.Trace(at + normal * 0.08, Sky.Sun, 60, out _).Matter != Matter.None)
        {
            sun = 0;
        }

        double bounce = 0.65 + 0.35 * normal.Y;
        Vec light = colour * (Sky.SunLight * (1.35 * sun) + Sky.Ambient * bounce + new Vec(0.05, 0.05, 0.03) * (1 - bounce));
        if (matter == Matter.Sail)
        {
            light += colour * Sky.SunLight * 0.18; // cloth lets some light through
        }

        return matter == Matter.Glass ? light + Sky.Colour(Mirror(direction, normal)) * 0.45 : light;
    }

    static Vec Water(Vec at, Vec direction, double distance)
    {
        double calm = 1 / (1 + distance / 260);
        double wind = 0.35 + 1.3 * Vec.Step(0.35, 0.75, Noise.Fractal(at.X / 95, at.Z / 30, 3, 0.5, 160));
        double slope = 0.052 * wind * (0.25 + 0.75 * calm);
        Vec normal = new Vec(slope * Ripple(at, 170), 1, 1.5 * slope * Ripple(at + new Vec(31.7, 0, 11.3), 180)).Unit;
        Vec bounce = Mirror(direction, normal);
        bounce = new Vec(bounce.X, Math.Max(bounce.Y, 0.004), bounce.Z).Unit;
        double grazing = 1 - Math.Max(0, -direction.Dot(normal));
        double square = grazing * grazing;
        double fresnel = 0.03 + 0.85 * square * square * grazing;
        Vec deep = Vec.Mix(new Vec(0.022, 0.085, 0.095), new Vec(0.035, 0.12, 0.11), wind - 0.35);
        Vec start = at + new Vec(0, 0.02, 0);
        double land = ToLand(start, bounce, 3400);
        var solid = Objects.Trace(start, bounce, land, out Vec face);
        Vec seen = solid.Matter != Matter.None ? Solid(start + bounce * solid.Distance, bounce, face, solid.Matter)
            : land < 3400 ? Sky.ThroughAir(Land(start + bounce * land, land + distance), bounce, land)
            : Sky.Colour(bounce);
        return Vec.Mix(deep, seen, fresnel);
    }

    static double Ripple(Vec at, int seed) =>
        2.4 * (Noise.Fractal(at.X / 2.6, at.Z / 1.1, 4, 0.62, seed) - 0.5)
        + 0.8 * (Noise.Fractal(at.X / 14, at.Z / 5, 2, 0.5, seed + 5) - 0.5);

    static Vec Mirror(Vec direction, Vec normal) => direction - normal * (2 * direction.Dot(normal));

    /// <summary>1 where the sun reaches a place on the land, 0 behind a mountain, soft between.</summary>
    static double Shadow(Vec from)
    {
        double clear = 1;
        double t = 4;
        for (int step = 0; step < 40 && t < 1800; step++)
        {
            Vec at = from + Sky.Sun * t;
            double gap = at.Y - Terrain.Ground(at.X, at.Z, 5);
            clear = Math.Min(clear, 0.5 + 14 * gap / t);
            if (clear <= 0 || at.Y > Terrain.Summit)
            {
                break;
            }

            t += Math.Max(7, 0.45 * gap);
        }

        return Math.Clamp(clear, 0, 1);
    }
}
