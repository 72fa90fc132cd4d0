namespace Lacuna.Kernels;

/// <summary>Counts how often every byte value occurs.</summary>
/// <remarks>
/// <c>counts[v]</c> becomes the number of i with <c>bytes[i] = v</c>.
/// <para>Class: exact. Cost: a load, an addition and a store a byte, or for two bytes together where there are many.</para>
/// </remarks>
public static unsafe partial class Histogram
{
    /// <summary>Values of a byte.</summary>
    public const int Values = 256;

    /// <param name="bytes">What to count.</param>
    /// <param name="counts">Shape [256]; overwritten.</param>
    public delegate void Fn(ReadOnlySpan<byte> bytes, Span<uint> counts);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(Histogram),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException"><paramref name="counts"/> does not have 256 elements.</exception>
    public static void Run(ReadOnlySpan<byte> bytes, Span<uint> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Values, nameof(counts));
        Table.Best(bytes, counts);
    }
}
