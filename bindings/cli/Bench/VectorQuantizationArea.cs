using System.Numerics;
using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Quantization.Training;
using Lacuna.Workers;

namespace Lacuna.Cli.Bench;

/// <summary>Vector quantisers on the shapes of audio and image codecs, with vectors and codewords drawn evenly from a cube.</summary>
sealed class VectorQuantizationArea : IBenchArea
{
    const int Codewords = 1024;
    const int Stages = 8;
    const int Dimensions = 128;

    /// <summary>Floats of a batch: more than the second-level cache holds.</summary>
    const int BatchFloats = 1 << 19;

    public string Name => "vq";

    public string Description => "nearest codewords, residual, product and implicit quantisers";

    public IReadOnlyList<BenchCase> Prepare(int processors)
    {
        var cases = new List<BenchCase>
        {
            Nearest(8, 256, 1),
            Nearest(8, Codewords, 1),
            Nearest(64, Codewords, 1),
            Nearest(Dimensions, Codewords, 1),
            Nearest(256, Codewords, 1),
            Nearest(Dimensions, 16384, 1, "-screened"),
            One(),
            Residual(beam: 1),
            Residual(beam: 5),
            Product(),
            Implicit("fsq", new FiniteScalarQuantizer([8, 5, 5, 5])),
            Implicit("lfq", SignQuantizer.LookupFree(16)),
            Implicit("bsq", SignQuantizer.BinarySpherical(16)),
            Decode(),
            KMeans(),
        };
        if (processors > 1)
        {
            cases.Add(Nearest(Dimensions, Codewords, processors, "-threads"));
        }

        return cases;
    }

    static BenchCase Nearest(int dimensions, int codewords, int threads, string suffix = "")
    {
        string name = $"nearest-d{dimensions}-k{codewords}{suffix}";
        return Encode(name, new VectorQuantizer(Book(dimensions, codewords, seed: 1)), 1, threads);
    }

    static BenchCase One()
    {
        var quantizer = new VectorQuantizer(Book(Dimensions, Codewords, seed: 1));
        float[] vector = Values(Dimensions, seed: 2);
        int[] index = new int[1];
        Action body = () => quantizer.Encode(vector, index);
        return new BenchCase($"nearest-one-d{Dimensions}-k{Codewords}", 1, "us", body, static seconds => 1e6 * seconds);
    }

    static BenchCase Residual(int beam)
    {
        string name = $"residual-{Stages}x{Codewords}-d{Dimensions}" + (beam > 1 ? $"-beam{beam}" : "");
        return Encode(name, Quantizer(beam), 1);
    }

    /// <summary>16 subvectors of 8 elements, told in subvectors.</summary>
    static BenchCase Product()
    {
        Codebook[] books = [.. Enumerable.Range(1, Dimensions / 8).Select(seed => Book(8, 256, seed))];
        return Encode("product-dsub8", new ProductQuantizer(books), books.Length);
    }

    static BenchCase Implicit(string name, IVectorQuantizer<long> quantizer) => Encode(name, quantizer, 1);

    static BenchCase Decode()
    {
        ResidualQuantizer quantizer = Quantizer(1);
        float[] vectors = new float[BatchFloats];
        int[] indices = new int[BatchFloats / Dimensions * Stages];
        var random = new Random(3);
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = random.Next(Codewords);
        }

        return Vectors(
            $"residual-{Stages}x{Codewords}-d{Dimensions}-decode", 1, BatchFloats / Dimensions, () => quantizer.Decode(indices, vectors));
    }

    /// <summary>Training from its seeding, which measures every distance once, to its end, told as if distances were all of it.</summary>
    static BenchCase KMeans()
    {
        const int Codes = 512, Vectors = 32768, Iterations = 20;
        float[] vectors = Values(Vectors * Dimensions, seed: 4);
        var options = new TrainingOptions { Iterations = Iterations, MaxVectorsPerCodeword = 0 };
        Action body = () => CodebookTraining.Flat(Dimensions, vectors, Codes, out _, options);
        return new BenchCase(
            "kmeans", 1, "GFLOP/s", body, static seconds => 2.0 * Codes * Vectors * Dimensions * (1 + Iterations) / seconds / 1e9);
    }

    static BenchCase Encode<TIndex>(string name, IVectorQuantizer<TIndex> quantizer, int parts, int threads = 1)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int count = BatchFloats / quantizer.Dimensions;
        float[] vectors = Values(count * quantizer.Dimensions, seed: 2);
        var indices = new TIndex[count * quantizer.IndicesPerVector];
        WorkerPool? workers = threads > 1 ? new WorkerPool(threads) : null;
        return Vectors(name, threads, (double)count * parts, () => quantizer.Encode(vectors, indices, workers: workers));
    }

    static BenchCase Vectors(string name, int threads, double count, Action body) =>
        new(name, threads, "Mvectors/s", body, seconds => count / seconds / 1e6);

    static ResidualQuantizer Quantizer(int beam) =>
        new(beam, [.. Enumerable.Range(1, Stages).Select(seed => new ResidualStage(Book(Dimensions, Codewords, seed)))]);

    static Codebook Book(int dimensions, int codewords, int seed) => new(dimensions, Values(dimensions * codewords, seed));

    static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return values;
    }
}
