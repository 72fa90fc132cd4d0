using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization.Training;

/// <summary>Chooses the first codewords among the vectors, far ones rather than near ones: k-means++.</summary>
/// <remarks>
/// Each codeword is a vector chosen with a probability in proportion to its squared distance from the nearest codeword so far. Above
/// <see cref="MaxRounds"/> codewords several are chosen in a round. The distances of a round are one product: the vectors
/// stand as a matrix, with minus half their squares as bias.
/// <para>Source: D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007; rounds of several after
/// B. Bahmani et al., "Scalable k-means++", VLDB 2012.</para>
/// </remarks>
sealed class PlusPlusSeeding
{
    /// <summary>Vectors to choose a codeword from: more make no better start.</summary>
    public const int VectorsPerCodeword = 24;

    const int MaxRounds = 128;
    const int BlockVectors = 2048;

    readonly TrainingVectors vectors;
    readonly WorkerPool? workers;
    readonly PointwiseWeights[] blocks;
    readonly double[] distances;
    readonly float[] scores;

    PlusPlusSeeding(TrainingVectors vectors, int perRound, WorkerPool? workers)
    {
        (this.vectors, this.workers) = (vectors, workers);
        blocks = new PointwiseWeights[(vectors.Count + BlockVectors - 1) / BlockVectors];
        SharedLoop.For(workers, blocks.Length, MakeBlock);
        distances = new double[vectors.Count];
        Array.Fill(distances, double.PositiveInfinity);
        scores = new float[checked(vectors.Count * perRound)];
    }

    /// <summary>Chooses codewords.</summary>
    /// <returns>Shape [count, dimensions].</returns>
    public static float[] Choose(TrainingVectors vectors, int count, CounterRandom random, WorkerPool? workers)
    {
        int dimensions = vectors.Dimensions;
        int perRound = (count + MaxRounds - 1) / MaxRounds;
        var seeding = new PlusPlusSeeding(vectors, perRound, workers);
        var codewords = new float[count * dimensions];
        for (int chosen = 0; chosen < count;)
        {
            // All distances are infinite at first, so that the first codeword is drawn evenly, and is alone.
            int round = chosen == 0 ? 1 : Math.Min(perRound, count - chosen);
            Span<float> drawn = codewords.AsSpan(chosen * dimensions, round * dimensions);
            var lottery = new Lottery(seeding.distances);
            for (int i = 0; i < round; i++)
            {
                vectors[lottery.Draw(random.Unit(chosen + i))].CopyTo(drawn[(i * dimensions)..]);
            }

            seeding.Update(drawn.ToArray());
            chosen += round;
        }

        return codewords;
    }

    void MakeBlock(int block, int worker)
    {
        (int first, int some) = Range(block);
        var bias = new float[some];
        for (int v = 0; v < some; v++)
        {
            bias[v] = (float)(-0.5 * VectorRows.SquaredNorm(vectors[first + v]));
        }

        ReadOnlySpan<float> elements = vectors.Elements.AsSpan(first * vectors.Dimensions, some * vectors.Dimensions);
        blocks[block] = new PointwiseWeights(vectors.Dimensions, some, elements, bias);
    }

    /// <summary>Shortens the distances of the vectors that the new codewords are nearer to.</summary>
    void Update(float[] codewords)
    {
        int count = codewords.Length / vectors.Dimensions;
        double[] squares = Sequence.Of(
            count, i => VectorRows.SquaredNorm(codewords.AsSpan(i * vectors.Dimensions, vectors.Dimensions)));
        SharedLoop.For(workers, blocks.Length, (block, _) =>
        {
            (int first, int some) = Range(block);
            Span<float> own = scores.AsSpan(first * count, some * count);
            PointwiseConvolution.Run(new PointwiseShape(count, vectors.Dimensions, some), codewords, blocks[block], [], own);
            for (int v = 0; v < some; v++)
            {
                double least = distances[first + v];
                for (int i = 0; i < count; i++)
                {
                    least = Math.Min(least, Math.Max(0, squares[i] - 2.0 * own[i * some + v]));
                }

                distances[first + v] = least;
            }
        });
    }

    (int First, int Count) Range(int block) => (block * BlockVectors, Math.Min(BlockVectors, vectors.Count - block * BlockVectors));
}
