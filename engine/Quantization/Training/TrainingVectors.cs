using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization.Training;

/// <summary>Vectors in training, each with its codeword and its squared distance from it.</summary>
sealed class TrainingVectors
{
    const int BlockVectors = 768;

    readonly int[] codes;
    readonly float[] scores;
    readonly float[] squares;

    /// <param name="dimensions">Elements of a vector.</param>
    /// <param name="elements">Shape [vectors, dimensions]; kept, not copied.</param>
    /// <param name="metric">With Cosine the vectors are brought to length 1, in place.</param>
    public TrainingVectors(int dimensions, float[] elements, CodeMetric metric)
    {
        (Dimensions, Elements, Count) = (dimensions, elements, elements.Length / dimensions);
        codes = new int[Count];
        scores = new float[Count];
        squares = new float[Count];
        for (int v = 0; v < Count; v++)
        {
            Span<float> vector = Elements.AsSpan(v * dimensions, dimensions);
            double square = VectorRows.SquaredNorm(vector);
            if (metric == CodeMetric.Cosine)
            {
                VectorRows.Divide(vector, Math.Max(Math.Sqrt(square), 1e-12));
                square = 2;
            }

            squares[v] = (float)square;
        }
    }

    public int Dimensions { get; }

    public int Count { get; }

    /// <summary>Shape [vectors, dimensions].</summary>
    public float[] Elements { get; }

    /// <summary>Shape [vectors].</summary>
    public ReadOnlySpan<int> Codes => codes;

    public ReadOnlySpan<float> this[int vector] => Elements.AsSpan(vector * Dimensions, Dimensions);

    /// <summary>Finds every vector's codeword.</summary>
    /// <returns>The mean squared distance, rates included, summed in the order of the vectors.</returns>
    public double Assign(Codebook codebook, WorkerPool? workers)
    {
        CodePanels panels = codebook.Panels;
        int blocks = (Count + BlockVectors - 1) / BlockVectors;
        SharedLoop.For(workers, blocks, (block, _) =>
        {
            int first = block * BlockVectors, some = Math.Min(BlockVectors, Count - first);
            NearestCode.Run(
                new NearestCodeShape(some, Dimensions), Elements.AsSpan(first * Dimensions, some * Dimensions), panels,
                codes.AsSpan(first, some), scores.AsSpan(first, some));
        });

        double sum = 0;
        for (int v = 0; v < Count; v++)
        {
            sum += Error(v);
        }

        return sum / Count;
    }

    /// <summary>A vector's squared distance from its codeword, rates included; 0 where rounding would have it below.</summary>
    public double Error(int vector) => Math.Max(0, squares[vector] - 2.0 * scores[vector]);

    /// <summary>Sums the vectors of each codeword and counts them.</summary>
    public void Accumulate(Span<double> sums, Span<long> counts)
    {
        sums.Clear();
        counts.Clear();
        AccumulateVectors.Run(Dimensions, Dimensions, Elements, codes, sums, counts);
    }
}
