using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization.Training;

/// <summary>Trains one codebook: k-means by Lloyd's algorithm or by mini-batches, and entropy-constrained k-means.</summary>
/// <remarks>
/// <para>
/// Lloyd: vectors go to their codewords, codewords to the means of their vectors, until nothing changes. A codeword without vectors (a
/// dead code) starts anew at a vector drawn in proportion to its squared distance. With lambda above 0 every iteration
/// also takes the bits of an index from how often it occurs, and dead codes stay dead: they are what the rate has pruned.
/// </para>
/// <para>
/// Mini-batch: vectors drawn at random move their codewords by a share that falls with all the vectors that the codeword has served.
/// </para>
/// <para>
/// Class: exact: the same seed, vectors and options give the same bits at every instruction-set level and with any number of workers.
/// Sums run in double over ascending vectors.
/// </para>
/// <para>Source: S. P. Lloyd, IEEE Trans. IT 28(2), 1982; D. Sculley, "Web-scale k-means clustering", WWW 2010; P. A. Chou,
/// T. Lookabaugh, R. M. Gray, IEEE Trans. ASSP 37(1), 1989.</para>
/// </remarks>
sealed class KMeans
{
    /// <summary>Mini-batches between two looks for dead codes.</summary>
    const int BatchesPerCensus = 16;

    const ulong SampleStream = 1, SeedingStream = 2, BatchStream = 3, RevivalStream = 4, ChoiceStream = 5;

    readonly TrainingOptions options;
    readonly WorkerPool? workers;
    readonly int dimensions;
    readonly float[] codewords;
    readonly double[] sums;
    readonly long[] counts;
    float[] bits = [];
    long revived;

    KMeans(int dimensions, float[] codewords, TrainingOptions options, WorkerPool? workers)
    {
        (this.dimensions, this.codewords, this.options, this.workers) = (dimensions, codewords, options, workers);
        sums = new double[codewords.Length];
        counts = new long[codewords.Length / dimensions];
    }

    /// <summary>Trains on finite vectors.</summary>
    /// <param name="dimensions">Elements of a vector.</param>
    /// <param name="source">Shape [vectors, dimensions], at least as many vectors as codewords.</param>
    /// <param name="count">Codewords.</param>
    /// <param name="options">Checked.</param>
    /// <param name="workers">Threads, or null.</param>
    public static TrainedCodebook Train(
        int dimensions, ReadOnlySpan<float> source, int count, TrainingOptions options, WorkerPool? workers)
    {
        long most = options.MaxVectorsPerCodeword == 0 ? long.MaxValue : (long)options.MaxVectorsPerCodeword * count;
        float[] sample = Sample(dimensions, source, most, new CounterRandom(options.Seed, SampleStream));
        var vectors = new TrainingVectors(dimensions, sample, options.Metric);
        float[] start = Seed(vectors, count, options, workers);
        var training = new KMeans(dimensions, start, options, workers);
        if (options.BatchVectors > 0)
        {
            training.RunBatches(source);
        }
        else
        {
            training.RunLloyd(vectors);
        }

        double error = vectors.Assign(training.MakeCodebook(), workers);
        vectors.Accumulate(training.sums, training.counts);
        return new TrainedCodebook(dimensions, training.codewords, training.counts, error, options);
    }

    static float[] Seed(TrainingVectors vectors, int count, TrainingOptions options, WorkerPool? workers)
    {
        var choice = new CounterRandom(options.Seed, ChoiceStream);
        float[] some = Sample(vectors.Dimensions, vectors.Elements, (long)PlusPlusSeeding.VectorsPerCodeword * count, choice);
        var candidates = new TrainingVectors(vectors.Dimensions, some, CodeMetric.Euclidean);
        return PlusPlusSeeding.Choose(candidates, count, new CounterRandom(options.Seed, SeedingStream), workers);
    }

    void RunLloyd(TrainingVectors vectors)
    {
        bool changed = true;
        for (int iteration = 0; iteration < options.Iterations && changed; iteration++)
        {
            vectors.Assign(MakeCodebook(), workers);
            vectors.Accumulate(sums, counts);
            changed = MoveToMeans();
            if (options.Lambda > 0)
            {
                float[] before = bits;
                bits = TrainedCodebook.BitsOf(counts);
                changed |= !bits.AsSpan().SequenceEqual(before);
            }
            else
            {
                changed |= Revive(vectors, counts);
            }
        }
    }

    void RunBatches(ReadOnlySpan<float> source)
    {
        var random = new CounterRandom(options.Seed, BatchStream);
        int size = options.BatchVectors;
        var served = new long[counts.Length];
        var sinceCensus = new long[counts.Length];
        var batch = new float[checked(size * dimensions)];
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            for (int v = 0; v < size; v++)
            {
                int chosen = random.Below((long)iteration * size + v, source.Length / dimensions);
                source.Slice(chosen * dimensions, dimensions).CopyTo(batch.AsSpan(v * dimensions, dimensions));
            }

            var vectors = new TrainingVectors(dimensions, batch, options.Metric);
            vectors.Assign(MakeCodebook(), workers);
            vectors.Accumulate(sums, counts);
            MoveByShare(served, sinceCensus);
            bits = options.Lambda > 0 ? TrainedCodebook.BitsOf(served) : [];
            if (options.Lambda == 0 && (iteration + 1) % BatchesPerCensus == 0)
            {
                Revive(vectors, sinceCensus);
                Array.Clear(sinceCensus);
            }
        }
    }

    Codebook MakeCodebook()
    {
        var codebook = new Codebook(dimensions, codewords, new CodebookOptions { Metric = options.Metric });
        return bits.Length == 0 ? codebook : codebook.WithRate(bits, options.Lambda);
    }

    bool MoveToMeans()
    {
        bool changed = false;
        for (int i = 0; i < codewords.Length; i++)
        {
            long count = counts[i / dimensions];
            float mean = count == 0 ? codewords[i] : (float)(sums[i] / count);
            changed |= mean != codewords[i];
            codewords[i] = mean;
        }

        return changed;
    }

    void MoveByShare(long[] served, long[] sinceCensus)
    {
        for (int code = 0; code < counts.Length; code++)
        {
            long count = counts[code];
            served[code] += count;
            sinceCensus[code] += count;
            for (int i = code * dimensions; count > 0 && i < (code + 1) * dimensions; i++)
            {
                codewords[i] = (float)(codewords[i] + (sums[i] - (count * (double)codewords[i])) / served[code]);
            }
        }
    }

    /// <summary>Starts codewords that serve nobody anew, at vectors that are served badly.</summary>
    bool Revive(TrainingVectors vectors, long[] usage)
    {
        if (!usage.AsSpan().Contains(0))
        {
            return false;
        }

        var random = new CounterRandom(options.Seed, RevivalStream);
        var errors = new double[vectors.Count];
        for (int v = 0; v < errors.Length; v++)
        {
            errors[v] = vectors.Error(v);
        }

        bool any = Array.Exists(errors, error => error > 0);
        var lottery = new Lottery(errors);
        for (int code = 0; code < usage.Length && any; code++)
        {
            if (usage[code] == 0)
            {
                vectors[lottery.Draw(random.Unit(revived++))].CopyTo(codewords.AsSpan(code * dimensions, dimensions));
            }
        }

        return any;
    }

    /// <summary>All vectors, or so many of them drawn at random, none twice, in the order in which they stand.</summary>
    static float[] Sample(int dimensions, ReadOnlySpan<float> source, long most, CounterRandom random)
    {
        int count = source.Length / dimensions;
        if (count <= most)
        {
            return source.ToArray();
        }

        var sample = new float[checked((int)most * dimensions)];
        int taken = 0;
        for (int v = 0; v < count && taken < most; v++)
        {
            // Selection sampling: vector v is taken with the probability that makes all choices equally likely.
            if (random.Unit(v) * (count - v) < most - taken)
            {
                source.Slice(v * dimensions, dimensions).CopyTo(sample.AsSpan(taken++ * dimensions, dimensions));
            }
        }

        return sample;
    }
}
