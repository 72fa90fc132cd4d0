using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization.Training;

/// <summary>Chooses the first codewords among the vectors, far ones rather than near ones: k-means++.</summary>
/// <remarks>
/// Each codeword is a vector chosen with a probability in proportion to its squared distance from the nearest codeword so far. Above
/// <see cref="MaxRounds"/> codewords several are chosen in a round. All distances to a codeword are one product: the vectors
/// stand as a matrix, with minus half their squares as bias.
/// <para>Source: D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007; rounds of several after
/// B. Bahmani et al., "Scalable k-means++", VLDB 2012.</para>
/// </remarks>
static class PlusPlusSeeding
{
    const int MaxRounds = 1024;
    const int BlockVectors = 2048;

    /// <summary>Chooses codewords.</summary>
    /// <returns>Shape [count, dimensions].</returns>
    public static float[] Choose(TrainingVectors vectors, int count, CounterRandom random, WorkerPool? workers)
    {
        int dimensions = vectors.Dimensions;
        PointwiseWeights[] blocks = Blocks(vectors, workers);
        var distances = new double[vectors.Count];
        Array.Fill(distances, double.PositiveInfinity);
        var scores = new float[vectors.Count];
        var codewords = new float[count * dimensions];
        int perRound = (count + MaxRounds - 1) / MaxRounds;
        int chosen = 0;
        Add(random.Below(0, vectors.Count));
        while (chosen < count)
        {
            var lottery = new Lottery(distances);
            for (int most = Math.Min(count, chosen + perRound); chosen < most;)
            {
                Add(lottery.Draw(random.Unit(chosen)));
            }
        }

        return codewords;

        void Add(int vector)
        {
            Span<float> codeword = codewords.AsSpan(chosen++ * dimensions, dimensions);
            vectors[vector].CopyTo(codeword);
            Update(blocks, codeword.ToArray(), scores, distances, workers);
        }
    }

    static PointwiseWeights[] Blocks(TrainingVectors vectors, WorkerPool? workers)
    {
        int dimensions = vectors.Dimensions;
        var blocks = new PointwiseWeights[(vectors.Count + BlockVectors - 1) / BlockVectors];
        SharedLoop.For(workers, blocks.Length, (block, _) =>
        {
            int first = block * BlockVectors, some = Math.Min(BlockVectors, vectors.Count - first);
            var bias = new float[some];
            for (int v = 0; v < some; v++)
            {
                bias[v] = (float)(-0.5 * VectorRows.SquaredNorm(vectors[first + v]));
            }

            blocks[block] = new PointwiseWeights(
                dimensions, some, vectors.Elements.AsSpan(first * dimensions, some * dimensions), bias);
        });
        return blocks;
    }

    /// <summary>Shortens the distances of the vectors that the new codeword is nearer to.</summary>
    static void Update(PointwiseWeights[] blocks, float[] codeword, float[] scores, double[] distances, WorkerPool? workers)
    {
        double square = VectorRows.SquaredNorm(codeword);
        SharedLoop.For(workers, blocks.Length, (block, _) =>
        {
            int first = block * BlockVectors, some = blocks[block].Outputs;
            PointwiseConvolution.Run(
                new PointwiseShape(1, codeword.Length, some), codeword, blocks[block], [], scores.AsSpan(first, some));
            for (int v = first; v < first + some; v++)
            {
                distances[v] = Math.Min(distances[v], Math.Max(0, square - 2.0 * scores[v]));
            }
        });
    }
}
