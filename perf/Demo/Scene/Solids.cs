namespace Lacuna.Perf.Scene;

/// <summary>Distances to simple solids, negative inside.</summary>
static class Solids
{
    public static double Box(Vec p, Vec half)
    {
        double x = Math.Abs(p.X) - half.X;
        double y = Math.Abs(p.Y) - half.Y;
        double z = Math.Abs(p.Z) - half.Z;
        Vec outside = new(Math.Max(x, 0), Math.Max(y, 0), Math.Max(z, 0));
        return outside.Length + Math.Min(0, Math.Max(x, Math.Max(y, z)));
    }

    /// <summary>
    /// An upright cylinder from <paramref name="foot"/> up, <paramref name="around"/> being the distance from its axis.
    /// </summary>
    public static double Column(Vec p, double around, double radius, double foot, double tall) =>
        Math.Max(around - radius, Math.Abs(p.Y - foot - 0.5 * tall) - 0.5 * tall);

    public static (double Distance, Matter Matter) Nearer((double Distance, Matter Matter) a, double distance, Matter matter) =>
        distance < a.Distance ? (distance, matter) : a;
}
