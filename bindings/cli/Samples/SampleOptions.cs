using System.Globalization;
using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Onnx;
using Lacuna.Sampling;

namespace Lacuna.Cli.Samples;

/// <summary>The options of <c>lacuna sample</c>: what they are called, and what they ask for.</summary>
static class SampleOptions
{
    const int MostSide = 16384, MostCount = 4096, MostSteps = 10000;
    const double MostGuidance = 1000;

    public static readonly OptionSpec Model = new("--model", "FILE",
        "A denoiser as an ONNX file, run by ONNX Runtime; the program's own tiny one unless given.");
    public static readonly OptionSpec Config = new("--config", "FILE",
        "The scheduler_config.json (diffusers) that goes with --model.");
    public static readonly OptionSpec Solver = new("--solver", "NAME",
        $"Another solver than the configuration's: {SolverNames.List}, or a class of diffusers' schedulers.");
    public static readonly OptionSpec Steps = new("--steps", "N", "Steps of the solver; 20 unless given.");
    public static readonly OptionSpec Seed = new("--seed", "N", "Seed of the noise; 0 unless given.");
    public static readonly OptionSpec Noise = new("--noise", "NAME",
        "lacuna (unless given), torch-cpu, or torch-cuda:THREADS, as torch.randn draws them; THREADS is the device's multiprocessors times "
        + "the threads of each.");
    public static readonly OptionSpec Size = new("--size", "WxH",
        "Width and height of the samples as the model sees them; the model's own unless given.");
    public static readonly OptionSpec Count = new("--count", "N", "Samples at a time, in one picture; 1 unless given.");
    public static readonly OptionSpec Guidance = new("--guidance", "X",
        "How far to go towards the condition: 1 as the model says, above 1 beyond; wants --negative.");
    public static readonly OptionSpec Condition = new("--condition", "LIST",
        "The model's other inputs: NAME=FILE.npy, several with commas between.");
    public static readonly OptionSpec Negative = new("--negative", "LIST", "What those inputs hold for the answer without the condition.");
    public static readonly OptionSpec Start = new("--start", "FILE",
        "A picture of the samples' size to begin with, instead of noise alone.");
    public static readonly OptionSpec Strength = new("--strength", "X",
        "How much of the run --start goes through: above 0, 1 at most; 0.5 unless given.");
    public static readonly OptionSpec Known = new("--known", "FILE", "A picture of which --mask says what is known; the rest is made.");
    public static readonly OptionSpec Mask = new("--mask", "FILE", "A picture that is black where --known is known, and white where not.");
    public static readonly OptionSpec Provider = new("--provider", "NAME",
        "cpu (unless given), cuda or tensorrt; where ONNX Runtime has it not, the processor computes, and that is said.");
    public static readonly OptionSpec Library = new("--onnxruntime", "FILE",
        $"ONNX Runtime's library or its folder; {OnnxRuntime.Variable} or the system's unless given.");

    /// <summary>All of them, in the order of the help text.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        Model, Config, Solver, Steps, Seed, Noise, Size, Count, Guidance, Condition, Negative, Start, Strength, Known, Mask, Provider,
        Library,
    ];

    /// <summary>Refuses options that do not go together.</summary>
    /// <exception cref="UsageException">Names one of them.</exception>
    public static void Check(CommandLine line)
    {
        Wants(line, Model, Config);
        Wants(line, Config, Model);
        Wants(line, Condition, Model);
        Wants(line, Negative, Condition);
        Wants(line, Provider, Model);
        Wants(line, Library, Model);
        Wants(line, Strength, Start);
        Wants(line, Known, Mask);
        Wants(line, Mask, Known);
        if (line.Has(Guidance.Name) != line.Has(Negative.Name))
        {
            throw new UsageException($"{Guidance.Name} and {Negative.Name} want each other");
        }
    }

    public static int StepCount(CommandLine line) => (int)(line.Whole(Steps.Name, 1, MostSteps) ?? 20);

    public static int SampleCount(CommandLine line) => (int)(line.Whole(Count.Name, 1, MostCount) ?? 1);

    public static ulong SeedNumber(CommandLine line) => (ulong)(line.Whole(Seed.Name, 0, long.MaxValue) ?? 0);

    public static double? GuidanceScale(CommandLine line) => line.Number(Guidance.Name, 0, MostGuidance);

    /// <summary>The share of the run; the whole where it begins with noise.</summary>
    public static double Share(CommandLine line) => !line.Has(Start.Name) ? 1 : line.Number(Strength.Name, 0, 1) switch
    {
        null => 0.5,
        0 => throw new UsageException($"{Strength.Name} wants a number above 0"),
        var share => share.Value,
    };

    /// <summary>Where the noise comes from.</summary>
    /// <exception cref="UsageException">There is no such source.</exception>
    public static INoiseSource NoiseSource(CommandLine line)
    {
        const string Cuda = "torch-cuda:";
        ulong seed = SeedNumber(line);
        switch (line.Text(Noise.Name))
        {
            case null or "lacuna":
                return new PhiloxNoise(seed);
            case "torch-cpu":
                return new TorchCpuNoise(seed);
            case { } name when name.StartsWith(Cuda, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
                && threads > 0 && threads % TorchCudaNoise.BlockThreads == 0:
                return new TorchCudaNoise(seed, threads);
            case var name:
                const int Block = TorchCudaNoise.BlockThreads;
                throw new UsageException(
                    $"{Noise.Name} wants lacuna, torch-cpu or torch-cuda:THREADS, a multiple of {Block}, not '{name}'");
        }
    }

    /// <summary>Width and height, or null where they are not given.</summary>
    /// <exception cref="UsageException">They are no sizes.</exception>
    public static (int Width, int Height)? Sides(CommandLine line)
    {
        if (line.Text(Size.Name) is not { } text)
        {
            return null;
        }

        string[] sides = text.Split('x');
        return sides.Length == 2 && Side(sides[0], out int width) && Side(sides[1], out int height)
            ? (width, height)
            : throw new UsageException($"{Size.Name} wants two numbers from 1 to {MostSide} with an x between, not '{text}'");
    }

    public static OnnxOptions Runtime(CommandLine line) => new()
    {
        LibraryPath = line.Text(Library.Name),
        Threads = CommonOptions.ThreadCount(line),
        Provider = line.Text(Provider.Name) switch
        {
            null or "cpu" => OnnxProvider.Cpu,
            "cuda" => OnnxProvider.Cuda,
            "tensorrt" => OnnxProvider.TensorRt,
            var name => throw new UsageException($"{Provider.Name} knows cpu, cuda and tensorrt, not '{name}'"),
        },
    };

    /// <summary>Names and files of an option that lists them.</summary>
    /// <exception cref="UsageException">It is no such list, or names one twice.</exception>
    public static Dictionary<string, string> Files(CommandLine line, OptionSpec option)
    {
        var files = new Dictionary<string, string>();
        foreach (string part in (line.Text(option.Name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } file] || !files.TryAdd(name, file))
            {
                throw new UsageException($"{option.Name} wants NAME=FILE, each name once, not '{part}'");
            }
        }

        return files;
    }

    static bool Side(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MostSide;

    static void Wants(CommandLine line, OptionSpec option, OptionSpec other)
    {
        if (line.Has(option.Name) && !line.Has(other.Name))
        {
            throw new UsageException($"{option.Name} wants {other.Name}");
        }
    }
}
