using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;
using Lacuna.Cli.Vectors;
using Lacuna.Codecs.Tokens;
using Lacuna.Quantization;
using Lacuna.Workers;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna vq encode</c>: vectors in, tokens out.</summary>
sealed class VqEncodeCommand : ICommand
{
    static readonly OptionSpec Stages = new("--stages", "N", "Use the first N stages of the codebook; all unless given.");
    static readonly OptionSpec Beam = new("--beam", "N", "Paths to follow through residual stages; 1, the greedy one, unless given.");
    static readonly OptionSpec Map = new("--map", null, "Take a NaN as 0 and an infinity as the largest number, instead of refusing them.");

    static readonly OptionSpec Static = new("--static", null,
        "Code tokens by tables of frequencies, which decode faster, instead of adaptive probabilities, which take fewer bytes.");

    public string Name => "vq encode";

    public string Summary => "Encode vectors as tokens of a codebook.";

    public string Details =>
        $"""
        {QuantizerInput.Help}
        IN is a .npy file of floats whose last side is the vector, or raw little-endian
        float32. OUT is a token file, by custom named *.lact, or with the extension .npy
        an array of 64-bit indices. IN and OUT may be -.
        """;

    public IReadOnlyList<string> Operands => ["CODEBOOK", "IN", "OUT"];

    public IReadOnlyList<OptionSpec> Options =>
        [Stages, Beam, Map, Static, VectorFile.DimensionsOption, CommonOptions.Threads, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna vq encode rvq.safetensors latents.npy latents.lact --stages 4 --beam 5", "the first four stages, well searched"),
        ("lacuna vq encode fsq:8,5,5,5 latents.npy indices.npy", "64-bit indices for numpy"),
    ];

    public int Run(CommandLine line, Host host)
    {
        (string codebook, string input, string output) = (line[0], line[1], line[2]);
        CommonOptions.CheckInputs(codebook, input);
        CommonOptions.CheckJson(line, output);
        var stages = (int?)line.Whole(Stages.Name, 1, TokenChunk.MaxStages);
        var beam = (int?)line.Whole(Beam.Name, 1, ResidualQuantizer.MaxBeam);
        using OutputFile file = OutputFile.Open(output, host.Output);
        TokenQuantizer quantizer = Narrow(QuantizerInput.Open(codebook, beam, host), stages);
        VectorFile vectors = VectorFile.Read(input, line, host);
        if (vectors.Dimensions != quantizer.Dimensions)
        {
            throw new FileFault(input, $"its vectors have {vectors.Dimensions} elements, and the codebook {quantizer.Dimensions}");
        }

        using var workers = new WorkerPool(CommonOptions.ThreadCount(line));
        long started = Stopwatch.GetTimestamp();
        QuantizationResult result = quantizer.Encode(
            vectors.Elements, line.Has(Map.Name) ? NonFinite.Map : NonFinite.Reject, workers, out int[] tokens);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (!result.IsDone)
        {
            throw new FileFault(input, $"{VqText.NotFinite(result, vectors.Dimensions)}; --map takes it as a number");
        }

        byte[] bytes = Path.GetExtension(output).Equals(".npy", StringComparison.OrdinalIgnoreCase)
            ? NpyArray.Write<long>(quantizer.ToIndices(tokens), vectors.Count, quantizer.IndicesPerVector)
            : new TokenFile(quantizer.Hash, quantizer.Codewords, tokens)
                .ToArray(workers, line.Has(Static.Name) ? TokenModel.Static : TokenModel.Adaptive);
        file.Write(destination => destination.Write(bytes));
        file.Commit();
        Report(line, host, vectors, quantizer, tokens, bytes.Length, milliseconds);
        return ExitCode.Done;
    }

    static TokenQuantizer Narrow(TokenQuantizer quantizer, int? stages) => (quantizer, stages) switch
    {
        (_, null) => quantizer,
        (StoredTokens stored, { } count) when count <= stored.Stages => stored.First(count),
        (StoredTokens stored, _) => throw new UsageException($"--stages is {stages}, and the codebook has {stored.Stages}"),
        _ => throw new UsageException("--stages wants a codebook file"),
    };

    static void Report(
        CommandLine line, Host host, VectorFile vectors, TokenQuantizer quantizer, int[] tokens, int bytes, double milliseconds)
    {
        if (line[2] == "-")
        {
            return;
        }

        double error = SquaredError(vectors.Elements, quantizer.Decode(tokens)) / Math.Max(vectors.Count, 1);
        double bits = 8.0 * bytes / Math.Max(vectors.Count, 1);
        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("codebook", line[0]);
                json.WriteString("input", line[1]);
                json.WriteString("output", line[2]);
                json.WriteNumber("vectors", vectors.Count);
                json.WriteNumber("dimensions", vectors.Dimensions);
                json.WriteNumber("tokens", tokens.Length);
                json.WriteNumber("bytes", bytes);
                json.WriteNumber("bitsPerVector", bits);
                json.WriteFinite("squaredError", error);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{line[2]}: {vectors.Count} vectors of {vectors.Dimensions}, {tokens.Length} tokens, {bytes} bytes, "
                + $"{bits:0.00} bits a vector, squared error {error:0.######} a vector, {milliseconds:0} ms\n");
    }

    static double SquaredError(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }

        return sum;
    }
}
