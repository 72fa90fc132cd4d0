namespace Lacuna.Kernels;

/// <summary>How a component is brought into the range of its levels before it is rounded.</summary>
public enum FiniteScalarBound
{
    /// <summary>By tanh, as finite scalar quantisation is defined: for what an encoder network puts out.</summary>
    Tanh = 0,

    /// <summary>By the nearest level: for components that lie in [-1, 1] already, as decoded ones do.</summary>
    Nearest = 1,
}

/// <summary>The levels of finite scalar quantisation, a number for each dimension, and the thresholds between them.</summary>
/// <remarks>
/// Never changes after it is made: threads may share it. The codebook, the product of all levels, is never built.
/// <code>
/// w = L div 2;  value of level l = (l - w) / w
/// Tanh:     o = L even ? 1/2 : 0;  h = (L - 1)(1 + eps) / 2;  threshold of level l = atanh((l - w - 1/2 + o) / h) - atanh(o / h)
/// Nearest:  threshold of level l = (l - w - 1/2) / w
/// </code>
/// <para>
/// A component has level l where <c>round(tanh(x + atanh(o / h)) h - o) + w = l</c>; thresholds say the same without tanh. They are
/// computed in double and rounded to float32, so that only components within a unit or two in the last place of a threshold could be
/// told otherwise by a library that takes the tanh in float32.
/// </para>
/// <para>Source: F. Mentzer et al., "Finite scalar quantization: VQ-VAE made simple", arXiv:2309.15505, appendix A.1, with eps and atanh
/// as vector-quantize-pytorch has them.</para>
/// </remarks>
public sealed class FiniteScalarGrid
{
    /// <summary>Most levels of a dimension.</summary>
    public const int MaxLevels = 1 << 16;

    const double Epsilon = 1e-3;

    readonly int[] levels;
    readonly int[] firsts;
    readonly float[] thresholds;

    /// <summary>Makes a grid.</summary>
    /// <param name="levels">Levels of each dimension, 2 to <see cref="MaxLevels"/>; their product at most 2^63 - 1. Copied.</param>
    /// <param name="bound">How components are brought into range.</param>
    /// <exception cref="ArgumentException">There is no dimension, a level is out of range, or the product is too large.</exception>
    public FiniteScalarGrid(ReadOnlySpan<int> levels, FiniteScalarBound bound = FiniteScalarBound.Tanh)
    {
        ArgumentOutOfRangeException.ThrowIfZero(levels.Length, nameof(levels));
        Bound = bound;
        Count = 1;
        this.levels = levels.ToArray();
        firsts = new int[levels.Length + 1];
        for (int j = 0; j < levels.Length; j++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(levels[j], 2, nameof(levels));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(levels[j], MaxLevels, nameof(levels));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(levels[j], long.MaxValue / Count, nameof(levels));
            Count *= levels[j];
            firsts[j + 1] = firsts[j] + levels[j] - 1;
        }

        thresholds = new float[firsts[^1]];
        for (int j = 0; j < levels.Length; j++)
        {
            Fill(levels[j], thresholds.AsSpan(firsts[j], levels[j] - 1));
        }
    }

    /// <summary>Components of a vector.</summary>
    public int Dimensions => levels.Length;

    /// <summary>Levels of each dimension.</summary>
    public ReadOnlySpan<int> Levels => levels;

    /// <summary>Codewords: the product of all levels.</summary>
    public long Count { get; }

    /// <summary>How components are brought into range.</summary>
    public FiniteScalarBound Bound { get; }

    /// <summary>Ascending; a component's level is the number of them that are at or below it.</summary>
    internal ReadOnlySpan<float> Thresholds(int dimension) => thresholds.AsSpan(firsts[dimension], levels[dimension] - 1);

    void Fill(int count, Span<float> destination)
    {
        int half = count / 2;
        double offset = count % 2 == 0 ? 0.5 : 0;
        double scale = (count - 1) * (1 + Epsilon) / 2;
        double shift = Atanh(offset / scale);
        for (int i = 0; i < destination.Length; i++)
        {
            double edge = i + 1 - half - 0.5;
            destination[i] = (float)(Bound == FiniteScalarBound.Tanh ? Atanh((edge + offset) / scale) - shift : edge / half);
        }
    }

    static double Atanh(double y) => 0.5 * ExactMath.Ln2 * ExactMath.Log2((1 + y) / (1 - y));
}
