namespace Lacuna.Kernels;

/// <summary>Finds for every vector the codeword with the greatest score: the search of vector quantisation.</summary>
/// <remarks>
/// <code>
/// score(x, k) = bias[k];  for i = 0 .. dimensions-1:  score = fma(x[i], c[k, i], score)
/// index = the lowest k whose score is the greatest
/// </code>
/// With <c>bias[k] = -|c[k]|^2 / 2</c> the greatest score belongs to the codeword at the least Euclidean distance, since
/// <c>|x - c|^2 = |x|^2 - 2 score</c>; with no bias it belongs to the greatest inner product. The answer is exact in
/// this sense: it is that of the float32 formula above, every operation rounded once, and not that of real numbers, which
/// may rank two codewords the other way round where their scores differ by less than the rounding.
/// <para>
/// Class: exact. Every variant gives the index and the score's bits of <see cref="Scalar"/> for every input. Overflow follows
/// IEEE 754: a score may be infinite, and equal scores, zeros of both signs too, go to the lowest index. A score that is a NaN
/// never wins; where no score is above minus infinity the index is 0 and the score is minus infinity.
/// </para>
/// <para>
/// Cost: dimensions x codewords fused multiply-adds a vector; bound by the multiply-add units, and by reading the
/// codewords once where there is one vector. No matrix of scores is ever stored.
/// </para>
/// </remarks>
public static unsafe partial class NearestCode
{
    /// <param name="shape">Vectors and strides.</param>
    /// <param name="source">
    /// Shape [vectors, dimensions] in rows of <see cref="NearestCodeShape.SourceStride"/>; nothing after the last row is read.
    /// </param>
    /// <param name="codewords">The codewords and biases; they fix the dimensions.</param>
    /// <param name="indices">
    /// Shape [vectors], one every <see cref="NearestCodeShape.IndexStride"/>; what lies between is left alone.
    /// </param>
    /// <param name="scores">Shape [vectors], the greatest scores; empty where they are not wanted.</param>
    public delegate void Fn(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(NearestCode),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Tiled),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Tiled));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">A stride is below its row, or a span ends before its last row does.</exception>
    public static void Run(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores)
    {
        if (Check(shape, source.Length, codewords.Dimensions, indices.Length, scores.Length))
        {
            Table.Best(shape, source, codewords, indices, scores);
        }
    }

    /// <summary>Checks what <see cref="Run"/> is given.</summary>
    /// <returns>Whether there is anything to do.</returns>
    internal static bool Check(in NearestCodeShape shape, int sourceLength, int dimensions, int indexCount, int scoreCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Vectors);
        if (shape.Vectors == 0)
        {
            return false;
        }

        CheckRows(shape.Vectors, shape.SourceStride, dimensions, sourceLength, "source");
        CheckRows(shape.Vectors, shape.IndexStride, 1, indexCount, "indices");
        if (scoreCount > 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(scoreCount, shape.Vectors, "scores");
        }

        return true;
    }

    static void CheckRows(int rows, int stride, int width, int length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, (rows - 1L) * stride + width, name);
    }
}
