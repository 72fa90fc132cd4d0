namespace Lacuna.Kernels;

/// <summary>Makes normal deviates of random words, sixteen of sixteen, as torch's CPU generator does.</summary>
/// <remarks>
/// <code>
/// for each group of 16, j = 0 .. 7:
///     u(w) = float(w &amp; 0xFFFFFF) * 2^-24
///     r = sqrt(-2 ln(1 - u(words[j])));   angle = 2 pi * u(words[j + 8])
///     normals[j] = r cos angle;           normals[j + 8] = r sin angle
/// </code>
/// Every zero is positive.
/// <para>
/// Class: exact, with <see cref="ExactMath.Log"/> and <see cref="ExactMath.SinCos"/>. The bits are those of torch.randn built for
/// AVX2 (ATen/native/cpu/DistributionTemplates.h, normal_fill_AVX2, with the fused operations that GCC makes of it).
/// </para>
/// <para>Cost: a logarithm, a root, a sine and a cosine for 2 elements.</para>
/// </remarks>
public static unsafe partial class BoxMuller
{
    /// <summary>Words of a group.</summary>
    public const int Group = 16;

    const uint UniformMask = 0xFF_FFFF;
    const float UniformScale = 1f / (1 << 24), TwoPi = 6.28318530717958647692f;

    /// <param name="words">Shape [groups, 16]; of each word the lowest 24 bits count.</param>
    /// <param name="normals">As long as <paramref name="words"/>; it may be the same memory.</param>
    public delegate void Fn(ReadOnlySpan<uint> words, Span<float> normals);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(BoxMuller),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Groups),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Groups));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The words are not whole groups, or the normals are fewer.</exception>
    public static void Run(ReadOnlySpan<uint> words, Span<float> normals)
    {
        if (words.Length % Group != 0)
        {
            throw new ArgumentException($"{words.Length} words are not whole groups of {Group}.", nameof(words));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(normals.Length, words.Length, nameof(normals));
        Table.Best(words, normals);
    }
}
