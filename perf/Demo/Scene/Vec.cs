namespace Lacuna.Perf.Scene;

/// <summary>Three doubles: a point, a direction or a linear colour.</summary>
/// <remarks>Only correctly rounded operations are used anywhere in the scene, so that it is the same picture on every machine.</remarks>
readonly record struct Vec(double X, double Y, double Z)
{
    public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec operator -(Vec a, Vec b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vec operator *(Vec a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    public static Vec operator *(Vec a, Vec b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    public double Length => Math.Sqrt(Dot(this));

    public Vec Unit => this * (1 / Length);

    public double Dot(Vec b) => X * b.X + Y * b.Y + Z * b.Z;

    public Vec Cross(Vec b) => new(Y * b.Z - Z * b.Y, Z * b.X - X * b.Z, X * b.Y - Y * b.X);

    public static Vec Mix(Vec a, Vec b, double share) => a + (b - a) * share;

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, a cubic between them.</summary>
    public static double Step(double low, double high, double x)
    {
        double t = Math.Clamp((x - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }
}
