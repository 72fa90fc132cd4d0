namespace Lacuna.Kernels;

/// <summary>Finds what <see cref="NearestCode"/> finds, in about half the time where codewords are many and long.</summary>
/// <remarks>
/// Scores are estimated in 8-bit integers; a panel of codewords is searched in float32 where its greatest estimate is not so far
/// below the greatest of all that rounding rules it out. The bound holds for any data, so the index and score are those of
/// <see cref="NearestCode"/>, bit for bit.
/// <para>
/// The bound. Let u = 2^-24, <c>x^ = sx qx</c> and <c>c^ = sc qc</c> the vectors as integers times a scale, <c>dx = x - x^</c>,
/// <c>dc = c - c^</c>, b the bias, s the float32 score and e the estimate. By Cauchy and Schwarz
/// <code>
/// |&lt;x, c&gt; - &lt;x^, c^&gt;| = |&lt;x, dc&gt; + &lt;dx, c^&gt;|  is at most  |x| |dc| + |dx| |c^|
/// </code>
/// A chain of d fused multiply-adds from b errs by no more than <c>d u / (1 - d u) (|b| + |x| |c|)</c>; the estimate, made of an
/// exact integer by one conversion, one product and one fused multiply-add, by no more than <c>4 u (|b| + |x^| |c^|)</c>; either by
/// less than 2^-110 more where results are denormal. As |x^| is at most |x| + |dx|, with <c>r = (d + 8) 2^-23</c> for all codewords
/// <code>
/// |s - e|  is at most  m = |x| (max |dc| + r R) + |dx| (max |c^| + r R) + r max |b| + 2^-100,    R = max (|c| + |c^|)
/// </code>
/// Let j have the greatest estimate and k the greatest score. Then <c>e[k] >= s[k] - m >= s[j] - m >= e[j] - 2 m</c>: no codeword that
/// wins or ties is left out. The bound wants numbers of moderate size; where they are not, or where too many panels are
/// left, the vector is searched by <see cref="NearestCode"/>.
/// </para>
/// <para>Class: exact, by the definition of <see cref="NearestCode"/>.</para>
/// <para>
/// Cost: dimensions x codewords integer multiply-adds a vector, four to a lane and step, and some panels in float32. It pays from
/// 128 dimensions and 4096 codewords on: <see cref="Pays"/>.
/// </para>
/// </remarks>
public static unsafe partial class NearestCodeScreened
{
    /// <inheritdoc cref="NearestCode.Fn"/>
    public delegate void Fn(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodeScreen codewords,
        Span<int> indices,
        Span<float> scores);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(NearestCodeScreened),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Screened),
        new Variant<Fn>(IsaLevel.Avx512, Screen<ScreenLanes512, System.Runtime.Intrinsics.Vector512<int>>));

    /// <summary>Whether this finds codewords faster than <see cref="NearestCode"/> on this machine.</summary>
    /// <param name="dimensions">Elements of a codeword.</param>
    /// <param name="codewords">Number of codewords.</param>
    public static bool Pays(int dimensions, int codewords) =>
        Isa.Allows(IsaLevel.Avx2) && codewords >= 4096 && dimensions is >= 128 and <= CodeScreen.MaxDimensions;

    /// <inheritdoc cref="NearestCode.Fn"/>
    /// <exception cref="ArgumentException">A stride is below its row, or a span ends before its last row does.</exception>
    public static void Run(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodeScreen codewords,
        Span<int> indices,
        Span<float> scores)
    {
        if (NearestCode.Check(shape, source.Length, codewords.Panels.Dimensions, indices.Length, scores.Length))
        {
            Table.Best(shape, source, codewords, indices, scores);
        }
    }
}
