namespace Lacuna.Kernels;

/// <summary>Finds the first element that is a NaN or an infinity.</summary>
/// <remarks>
/// Class: exact. Every bit pattern is either finite or not; nothing is computed.
/// <para>Cost: one read of the elements; bound by memory.</para>
/// </remarks>
public static unsafe partial class FindNonFinite
{
    /// <param name="source">Any number of elements.</param>
    /// <returns>The lowest index of an element that is not finite; -1 where all are.</returns>
    public delegate int Fn(ReadOnlySpan<float> source);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(FindNonFinite),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Wide));

    /// <inheritdoc cref="Fn"/>
    public static int Run(ReadOnlySpan<float> source) => Table.Best(source);
}
