using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Cli.Vectors;
using Lacuna.Quantization;
using Lacuna.Quantization.Files;
using Lacuna.Quantization.Training;
using Lacuna.Workers;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna vq train</c>: vectors in, a codebook file out.</summary>
sealed class VqTrainCommand : ICommand
{
    const int DefaultCodewords = 256;
    const int MostCodewords = 1 << 16;
    const int MostStages = 4096;

    static readonly OptionSpec Codewords = new("--codewords", "N", $"Of each stage or group; {DefaultCodewords} unless given.");
    static readonly OptionSpec Stages = new("--stages", "N", "Residual stages; 1, flat quantisation, unless given.");
    static readonly OptionSpec Groups = new("--groups", "N", "Product quantisation: divide vectors into so many parts, a codebook each.");
    static readonly OptionSpec Seed = new("--seed", "N", "Chooses the random numbers; 0 unless given. Equal seeds give equal files.");
    static readonly OptionSpec Iterations = new("--iterations", "N", "At most, or of mini-batches; 20 unless given.");
    static readonly OptionSpec Batch = new("--batch", "N", "Train by mini-batches of N vectors instead of all of them.");
    static readonly OptionSpec Lambda = new("--lambda", "X",
        "Squared distance that a bit is worth: above 0 the codebook is trained and searched for rate and distortion together.");
    static readonly OptionSpec Metric = new("--metric", "M", "euclidean, the default, or cosine.");

    public string Name => "vq train";

    public string Summary => "Train a codebook on vectors.";

    public string Details =>
        """
        IN is a .npy file of floats whose last side is the vector, or raw little-endian
        float32. CODEBOOK is written as safetensors. Either may be -. k-means with
        k-means++ seeding; codewords that serve no vector start anew. Residual stages
        are trained one after the other.
        """;

    public IReadOnlyList<string> Operands => ["IN", "CODEBOOK"];

    public IReadOnlyList<OptionSpec> Options =>
    [
        Codewords, Stages, Groups, Metric, Lambda, Seed, Iterations, Batch, VectorFile.DimensionsOption, CommonOptions.Threads,
        CommonOptions.Json,
    ];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna vq train latents.npy codebook.safetensors --codewords 1024", "flat"),
        ("lacuna vq train latents.npy rvq.safetensors --stages 8 --codewords 1024", "residual"),
        ("lacuna vq train latents.f32 pq.safetensors --dimensions 64 --groups 8", "product, of a raw file"),
    ];

    public int Run(CommandLine line, Host host)
    {
        (string input, string output) = (line[0], line[1]);
        TrainingOptions options = ReadOptions(line);
        var codewords = (int)(line.Whole(Codewords.Name, 1, MostCodewords) ?? DefaultCodewords);
        var stages = (int?)line.Whole(Stages.Name, 1, MostStages);
        var groups = (int?)line.Whole(Groups.Name, 1, MostStages);
        if (stages is not null && groups is not null)
        {
            throw new UsageException("--stages and --groups exclude each other");
        }

        CommonOptions.CheckJson(line, output);
        using OutputFile file = OutputFile.Open(output, host.Output);
        VectorFile vectors = VectorFile.Read(input, line, host);
        using var workers = new WorkerPool(CommonOptions.ThreadCount(line));
        long started = Stopwatch.GetTimestamp();
        TrainedCodebook[] trained = Train(input, vectors, groups, stages ?? 1, codewords, options, workers);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Codebook[] codebooks = [.. trained.Select(each => each.Codebook)];
        byte[] bytes = groups is null
            ? CodebookFile.Write(new ResidualQuantizer(codebooks))
            : CodebookFile.Write(new ProductQuantizer(codebooks));
        file.Write(destination => destination.Write(bytes));
        file.Commit();
        Report(line, host, vectors, trained, groups is not null, milliseconds);
        return ExitCode.Done;
    }

    static TrainingOptions ReadOptions(CommandLine line)
    {
        var defaults = new TrainingOptions();
        var options = new TrainingOptions
        {
            Seed = (ulong)(line.Whole(Seed.Name, 0, long.MaxValue) ?? 0),
            Iterations = (int)(line.Whole(Iterations.Name, 0, int.MaxValue) ?? defaults.Iterations),
            BatchVectors = (int)(line.Whole(Batch.Name, 1, 1 << 24) ?? 0),
            Lambda = (float)(line.Number(Lambda.Name, 0, float.MaxValue) ?? 0),
            Metric = line.Text(Metric.Name) switch
            {
                null or "euclidean" => CodeMetric.Euclidean,
                "cosine" => CodeMetric.Cosine,
                var other => throw new UsageException($"{Metric.Name} is euclidean or cosine, not '{other}'"),
            },
        };
        return options.Metric == CodeMetric.Euclidean || options.Lambda == 0
            ? options
            : throw new UsageException("--lambda wants the euclidean metric");
    }

    static TrainedCodebook[] Train(
        string path, VectorFile vectors, int? groups, int stages, int codewords, TrainingOptions options, WorkerPool workers)
    {
        if (vectors.Count < codewords)
        {
            throw new FileFault(path, $"its {vectors.Count} vectors are too few for {codewords} codewords");
        }

        if (vectors.Dimensions % (groups ?? 1) != 0)
        {
            throw new UsageException($"{groups} groups do not divide {vectors.Dimensions} dimensions");
        }

        QuantizationResult result = groups is { } count
            ? CodebookTraining.Product(
                vectors.Dimensions, vectors.Elements, count, codewords, out TrainedCodebook[] trained, options, workers)
            : CodebookTraining.Residual(vectors.Dimensions, vectors.Elements, stages, codewords, out trained, options, workers);
        return result.IsDone ? trained : throw new FileFault(path, VqText.NotFinite(result, vectors.Dimensions));
    }

    static void Report(
        CommandLine line, Host host, VectorFile vectors, TrainedCodebook[] trained, bool isProduct, double milliseconds)
    {
        if (line[1] == "-")
        {
            return;
        }

        double error = isProduct ? trained.Sum(each => each.MeanError) : trained[^1].MeanError;
        double bits = trained.Sum(each => each.Entropy);
        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("input", line[0]);
                json.WriteString("output", line[1]);
                json.WriteNumber("vectors", vectors.Count);
                json.WriteNumber("dimensions", vectors.Dimensions);
                json.WriteNumber("codebooks", trained.Length);
                json.WriteNumber("codewords", trained[0].Codebook.Count);
                json.WriteFinite("squaredError", error);
                json.WriteFinite("entropyBits", bits);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{line[1]}: {trained.Length} x {trained[0].Codebook.Count} codewords from {vectors.Count} vectors of {vectors.Dimensions}, "
                + $"squared error {error:0.######} a vector, {bits:0.00} bits of entropy, {milliseconds:0} ms\n");
    }
}
