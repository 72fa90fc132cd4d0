namespace Lacuna.Perf.Scene;

/// <summary>What a solid is made of.</summary>
enum Matter
{
    None,
    RedPaint,
    WhitePaint,
    Glass,
    Slate,
    Plank,
    Sail,
    Stripe,
    Stone,
}

/// <summary>The made things of the scene, as distance fields: a lighthouse, a cottage, a sailing boat and a jetty.</summary>
static class Objects
{
    static readonly Vec Tower = Stand(Terrain.Headland.X + 6, Terrain.Headland.Z);
    static readonly Vec House = Stand(Terrain.Headland.X - 15, Terrain.Headland.Z - 6);
    static readonly Vec Boat = new(-27, 0, 104);
    static readonly Vec Jetty = new(10.5, 1.3, 40);

    static readonly (Vec Centre, double Radius, Func<Vec, (double Distance, Matter Matter)> Field)[] Groups =
    [
        (Tower + new Vec(0, 17, 0), 22, p => LighthouseAt(p - Tower)),
        (House + new Vec(0, 5, 0), 14, p => CottageAt(p - House)),
        (Boat + new Vec(0, 8, 0), 12, p => BoatAt(p - Boat)),
        (Jetty, 22, p => JettyAt(p - Jetty)),
    ];

    /// <summary>Finds the first solid on a ray.</summary>
    /// <param name="limit">Distance along the ray at which to stop looking.</param>
    /// <param name="normal">The outward normal where something was hit.</param>
    /// <returns>The distance and the matter; <see cref="Matter.None"/> where nothing was hit.</returns>
    public static (double Distance, Matter Matter) Trace(Vec origin, Vec direction, double limit, out Vec normal)
    {
        (double Distance, Matter Matter) best = (limit, Matter.None);
        normal = default;
        foreach (var group in Groups)
        {
            Vec to = group.Centre - origin;
            double along = to.Dot(direction);
            double inside = group.Radius * group.Radius - (to.Dot(to) - along * along);
            if (inside <= 0 || along + group.Radius < 0)
            {
                continue;
            }

            double half = Math.Sqrt(inside);
            var hit = March(group.Field, origin, direction, Math.Max(0.05, along - half), Math.Min(best.Distance, along + half));
            if (hit.Matter != Matter.None)
            {
                best = hit;
                normal = Slope(group.Field, origin + direction * hit.Distance);
            }
        }

        return best;
    }

    /// <summary>The colour of matter at a place, before light.</summary>
    public static Vec Albedo(Matter matter, Vec at, Vec normal)
    {
        double grain = Noise.Fractal(at.X * 6 + at.Z * 2, at.Y * 6 + at.Z * 3, 3, 0.6, 120);
        return matter switch
        {
            Matter.RedPaint => new Vec(0.42, 0.055, 0.035) * (0.75 + 0.4 * grain) * Seam(at.Y * 2.5, 0.12),
            Matter.WhitePaint => new Vec(0.80, 0.79, 0.75) * (0.85 + 0.2 * grain),
            Matter.Stripe => ((int)Math.Floor((at.Y - Tower.Y) / 5.2) & 1) == 0
                ? new Vec(0.80, 0.79, 0.76) * (0.85 + 0.2 * grain)
                : new Vec(0.55, 0.06, 0.04) * (0.85 + 0.2 * grain),
            Matter.Glass => new Vec(0.05, 0.07, 0.09),
            Matter.Slate => new Vec(0.11, 0.115, 0.135) * (0.7 + 0.6 * grain) * Seam(at.Y * 2.2, 0.2),
            Matter.Plank => Vec.Mix(new Vec(0.17, 0.12, 0.08), new Vec(0.36, 0.29, 0.22), PlankShade(at, normal)),
            Matter.Sail => Vec.Mix(new Vec(0.90, 0.88, 0.82), new Vec(0.80, 0.22, 0.05), Vec.Step(-0.02, 0.02, 4.4 - at.Y))
                * Seam(at.Y * 0.8, 0.05),
            Matter.Stone => new Vec(0.30, 0.29, 0.27) * (0.6 + 0.7 * grain),
            _ => default,
        };
    }

    static Vec Stand(double x, double z) => new(x, Terrain.Ground(x, z, 8) - 0.5, z);

    static double Seam(double x, double depth) => x - Math.Floor(x) < 0.14 ? 1 - 2.5 * depth : 1;

    static double PlankShade(Vec at, Vec normal)
    {
        double board = Math.Floor(at.Z / 0.42);
        double tone = Noise.Cell((int)board, 3, 130);
        double fibre = Noise.Fractal(at.X * 1.6, at.Z * 22 + at.Y * 9, 3, 0.6, 131);
        double gap = at.Z / 0.42 - board < 0.10 && normal.Y > 0.6 ? 0.8 : 0;
        return Math.Clamp(0.15 + 0.55 * tone + 0.5 * fibre - gap, 0, 1);
    }

    static (double Distance, Matter Matter) March(
        Func<Vec, (double Distance, Matter Matter)> field, Vec origin, Vec direction, double from, double to)
    {
        double t = from;
        for (int step = 0; step < 160 && t < to; step++)
        {
            var (distance, matter) = field(origin + direction * t);
            if (distance < 0.0006 * t)
            {
                return (t, matter);
            }

            t += 0.85 * distance;
        }

        return (to, Matter.None);
    }

    static Vec Slope(Func<Vec, (double Distance, Matter Matter)> field, Vec at)
    {
        const double E = 0.01;
        return new Vec(
            field(at + new Vec(E, 0, 0)).Distance - field(at - new Vec(E, 0, 0)).Distance,
            field(at + new Vec(0, E, 0)).Distance - field(at - new Vec(0, E, 0)).Distance,
            field(at + new Vec(0, 0, E)).Distance - field(at - new Vec(0, 0, E)).Distance).Unit;
    }

    static (double Distance, Matter Matter) LighthouseAt(Vec p)
    {
        double around = Math.Sqrt(p.X * p.X + p.Z * p.Z);
        var nearest = (Math.Max(0.96 * (around - (3.3 - 0.052 * p.Y)), Math.Max(p.Y - 26, -p.Y)), Matter.Stripe);
        nearest = Solids.Nearer(nearest, Solids.Column(p, around, 3.2, 26, 0.35), Matter.WhitePaint);
        nearest = Solids.Nearer(nearest, Solids.Column(p, around, 1.45, 27.8, 1.6), Matter.Glass);
        nearest = Solids.Nearer(nearest, Math.Max(0.75 * (around - 0.72 * (32.4 - p.Y)), 29.4 - p.Y), Matter.RedPaint);
        nearest = Solids.Nearer(nearest, Math.Max(Math.Abs(around - 3.05) - 0.07, Math.Abs(p.Y - 27.4) - 0.09), Matter.Slate);
        nearest = Solids.Nearer(nearest, Solids.Box(p - new Vec(-1.4, 11, -2.5), new Vec(0.45, 0.8, 1.0)), Matter.Glass);
        nearest = Solids.Nearer(nearest, Solids.Box(p - new Vec(-1.4, 19, -2.2), new Vec(0.4, 0.7, 1.0)), Matter.Glass);
        return Solids.Nearer(nearest, Solids.Column(p, around, 4.2, 0, 1.6), Matter.Stone);
    }

    static (double Distance, Matter Matter) CottageAt(Vec p)
    {
        Vec q = new(0.88 * p.X + 0.475 * p.Z, p.Y, 0.88 * p.Z - 0.475 * p.X);
        double roof = Math.Max(0.74 * (q.Y + 0.9 * Math.Abs(q.Z) - 8.1), Math.Abs(q.X) - 6.4);
        var nearest = (Math.Max(Solids.Box(q - new Vec(0, 3.5, 0), new Vec(6, 4.8, 3.8)), roof + 0.3), Matter.RedPaint);
        nearest = Solids.Nearer(nearest, Math.Max(Math.Max(roof, -roof - 0.35), 3.9 - q.Y), Matter.Slate);
        nearest = Solids.Nearer(nearest, Solids.Box(q - new Vec(2.8, 7.6, 1.1), new Vec(0.55, 1.7, 0.55)), Matter.Stone);
        for (int window = -1; window <= 1; window++)
        {
            Vec at = q - new Vec(3.7 * window, window == 0 ? 1.4 : 2.2, -3.85);
            bool door = window == 0;
            nearest = Solids.Nearer(nearest, Solids.Box(at, new Vec(0.95, door ? 1.5 : 0.95, 0.12)), Matter.WhitePaint);
            Vec pane = new(Math.Abs(at.X) - 0.38, door ? at.Y - 0.75 : Math.Abs(at.Y) - 0.38, at.Z);
            nearest = Solids.Nearer(nearest, Solids.Box(pane, new Vec(0.32, 0.32, 0.17)), Matter.Glass);
        }

        return Solids.Nearer(nearest, Solids.Box(q - new Vec(-6.05, 3.0, 0), new Vec(0.1, 0.9, 0.9)), Matter.Glass);
    }

    static (double Distance, Matter Matter) BoatAt(Vec p)
    {
        double beam = 1.5 * (1 - p.X * p.X / 25);
        double sides = Math.Abs(p.Z) - beam + 0.5 * Math.Max(0, 1.1 - p.Y);
        var nearest = (0.6 * Math.Max(sides, Math.Max(p.Y - 1.15 - 0.012 * p.X * p.X, Math.Abs(p.X) - 4.9)), Matter.WhitePaint);
        double band = Math.Max(Solids.Box(p - new Vec(0, 0.35, 0), new Vec(4.8, 0.22, 1.5)), Math.Abs(p.Z) - beam - 0.02);
        nearest = Solids.Nearer(nearest, band, Matter.RedPaint);
        nearest = Solids.Nearer(nearest, Solids.Box(p - new Vec(0.6, 8, 0), new Vec(0.07, 7.4, 0.07)), Matter.Plank);
        nearest = Solids.Nearer(nearest, Solids.Box(p - new Vec(-1.6, 1.9, 0), new Vec(2.2, 0.07, 0.07)), Matter.Plank);
        double belly = Math.Abs(p.Z - 0.5 + 0.028 * (p.X - 0.6) * (p.X - 0.6)) - 0.04;
        double main = Math.Max(Math.Max(p.X - 0.45, 2.1 - p.Y), 0.95 * (-p.X - 3.7 + 0.305 * (p.Y - 2.1)));
        double jib = Math.Max(Math.Max(0.75 - p.X, 1.8 - p.Y), 0.95 * (p.X - 4.6 + 0.33 * (p.Y - 1.8)));
        return Solids.Nearer(nearest, 0.8 * Math.Max(Math.Min(main, jib), belly), Matter.Sail);
    }

    static (double Distance, Matter Matter) JettyAt(Vec p)
    {
        var nearest = (Solids.Box(p, new Vec(1.5, 0.09, 19)), Matter.Plank);
        double along = p.Z - 4.75 * Math.Floor(p.Z / 4.75 + 0.5);
        double post = Math.Sqrt((Math.Abs(p.X) - 1.45) * (Math.Abs(p.X) - 1.45) + along * along) - 0.17;
        return Solids.Nearer(nearest, 0.9 * Math.Max(Math.Max(post, Math.Abs(p.Z) - 19.5), p.Y - 0.85), Matter.Plank);
    }
}
