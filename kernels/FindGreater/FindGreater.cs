namespace Lacuna.Kernels;

/// <summary>Finds the next element that, with something added, is above a threshold: how a search keeps its best few.</summary>
/// <remarks>
/// <code>
/// the lowest i >= first with x[i] + offset > threshold, the sum rounded to float32;  -1 where there is none
/// </code>
/// <para>Class: exact. A NaN is above nothing. Cost: an addition and a comparison an element, up to what is found.</para>
/// </remarks>
public static unsafe partial class FindGreater
{
    /// <param name="x">Any elements.</param>
    /// <param name="first">Where to begin, 0 to the length.</param>
    /// <param name="offset">Added to every element.</param>
    /// <param name="threshold">What a sum must exceed.</param>
    public delegate int Fn(ReadOnlySpan<float> x, int first, float offset, float threshold);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(FindGreater),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Wide));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is outside.</exception>
    public static int Run(ReadOnlySpan<float> x, int first, float offset, float threshold)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)first, (uint)x.Length, nameof(first));
        return Table.Best(x, first, offset, threshold);
    }
}
