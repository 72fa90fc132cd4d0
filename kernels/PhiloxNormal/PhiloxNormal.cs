namespace Lacuna.Kernels;

/// <summary>Lacuna's law of noise: standard normal deviates that depend on seed, step and element alone.</summary>
/// <remarks>
/// Element <c>i</c> is made from words of the Philox block <c>i / 4</c>; two words make two elements:
/// <code>
/// (w0, w1, w2, w3) = Philox(counter = (i / 4 low, i / 4 high, step, draw), key = seed)
/// (z0, z1) = pair(w0, w1);   (z2, z3) = pair(w2, w3)
///
/// pair(x, y):   u = fma(float(x >> 1), 2^-31, 2^-32)                   uniform on [2^-32, 1]
///               r = sqrt(-2 ln u)
///               octant = ((y >> 29) + 1) &amp; ~1                         the angle 2 pi y / 2^32, as an even number of eighths
///               rest = float(signed(y &lt;&lt; 2)) * (pi / 2^33)           and what is left of it, from -pi/4 to pi/4
///               (r cos angle, r sin angle)
/// </code>
/// Threads and tiles may fill any part of a row on their own. The greatest magnitude is sqrt(64 ln 2) = 6.66.
/// <para>Class: exact, with <see cref="ExactMath.Log"/> and the polynomials of <see cref="ExactMath.SinCos"/>.</para>
/// <para>Cost: ten rounds of two 32 x 32 bit products for 4 elements; for 2 a logarithm, a root, a sine and a cosine.</para>
/// <para>Source: <see cref="Philox"/>; G. Box, M. Muller, "A note on the generation of random normal deviates", 1958.</para>
/// </remarks>
public static unsafe partial class PhiloxNormal
{
    const float UniformScale = 1f / (1u << 31), UniformShift = 0.5f / (1u << 31);

    /// <summary>pi / 2^33: an eighth of a turn is 2^31.</summary>
    const float RestScale = 3.14159274f / (1ul << 33);

    /// <param name="stream">Whose deviates.</param>
    /// <param name="first">The stream's element that comes first, below 2^63.</param>
    /// <param name="destination">Receives the elements from <paramref name="first"/> on.</param>
    public delegate void Fn(in NoiseStream stream, ulong first, Span<float> destination);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(PhiloxNormal),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Blocks),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Blocks));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is 2^63 or above.</exception>
    public static void Run(in NoiseStream stream, ulong first, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, (ulong)long.MaxValue);
        Table.Best(stream, first, destination);
    }
}
