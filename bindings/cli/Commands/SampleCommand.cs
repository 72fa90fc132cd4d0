using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;
using Lacuna.Cli.Samples;
using Lacuna.Codecs;
using Lacuna.Onnx;
using Lacuna.Sampling;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna sample</c>: pictures out of noise, by a denoiser and a solver.</summary>
sealed class SampleCommand : ICommand
{
    const string Npy = "npy";

    static readonly OptionSpec Format = new("--format", "NAME",
        $"Format of OUT: {PictureWriter.Names}, {Npy}. Unless given, OUT's extension tells; standard output is png.");

    public string Name => "sample";

    public string Summary => "Make pictures out of noise with a diffusion model.";

    public string Details =>
        """
        OUT is a picture, of samples from -1 to 1 with 1 or 3 channels, or a NumPy
        file (*.npy) of float32 [count, channels, height, width]. Without --model the
        program's own tiny denoiser makes patches of photographs, 16 x 16 unless
        --size says otherwise; what it makes has the same bits on every machine.
        Files of conditions are *.npy; latents of a latent model want a decoder that
        is not part of this program.
        """;

    public IReadOnlyList<string> Operands => ["OUT"];

    public IReadOnlyList<OptionSpec> Options =>
        [.. SampleOptions.All, Format, CommonOptions.Threads, CommonOptions.MaxPixels, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna sample patches.png --count 64 --seed 7", "64 patches by the tiny model"),
        ("lacuna sample patches.png --count 64 --solver euler-a --steps 40", "by another solver"),
        ("lacuna sample mended.png --size 64x64 --known old.png --mask hole.png", "what is white in hole.png is made anew"),
        ("lacuna sample latents.npy --model unet.onnx --config scheduler_config.json --condition encoder_hidden_states=text.npy "
            + "--negative encoder_hidden_states=none.npy --guidance 7.5", "a latent model with guidance"),
    ];

    public int Run(CommandLine line, Host host)
    {
        SampleOptions.Check(line);
        CommonOptions.CheckJson(line, line[0]);
        OutputFormat? format = ChooseFormat(line);
        INoiseSource noise = SampleOptions.NoiseSource(line);
        Sampler sampler = MakeSampler(line, host);
        SamplingPlan plan = MakePlan(line, sampler);
        using OutputFile file = OutputFile.Open(line[0], host.Output);
        using SampleModel model = SampleModel.Open(line, host);
        if (format is not null && model.Channels is not (1 or 3))
        {
            throw new FileFault(line[0], $"no picture holds the model's {model.Channels} channels; *.npy does", "standard output");
        }

        float[] samples = new float[model.Denoiser.Input.Length];
        long started = Stopwatch.GetTimestamp();
        Sample(line, host, model, plan, noise, samples);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        file.Write(destination => Write(model, samples, format, destination));
        file.Commit();
        Report(line, host, model, plan, milliseconds);
        return ExitCode.Done;
    }

    /// <summary>The picture's format, or null for a NumPy file.</summary>
    static OutputFormat? ChooseFormat(CommandLine line)
    {
        string name = line.Text(Format.Name) ?? (line[0] == "-" ? "png" : Path.GetExtension(line[0]).TrimStart('.'));
        return name.Equals(Npy, StringComparison.OrdinalIgnoreCase) ? null
            : PictureWriter.Find(name)
                ?? throw new UsageException(line.Has(Format.Name)
                    ? $"--format knows {PictureWriter.Names} and {Npy}, not '{name}'"
                    : $"the name {line[0]} does not tell a format; --format NAME does ({PictureWriter.Names}, {Npy})");
    }

    static Sampler MakeSampler(CommandLine line, Host host)
    {
        string? path = line.Text(SampleOptions.Config.Name);
        byte[] config = path is null ? TinyModel.Config() : InputFile.Read(path, host.Input).ToArray();
        string? solver = line.Text(SampleOptions.Solver.Name);
        try
        {
            return Sampler.FromSchedulerConfig(solver is null ? config : SolverNames.Apply(config, solver));
        }
        catch (ArgumentException error)
        {
            throw new FileFault(path ?? "the tiny model's configuration", Plain(error));
        }
    }

    static SamplingPlan MakePlan(CommandLine line, Sampler sampler)
    {
        try
        {
            return sampler.Plan(new SamplingOptions { Steps = SampleOptions.StepCount(line), Strength = SampleOptions.Share(line) });
        }
        catch (ArgumentException error)
        {
            throw new UsageException(Plain(error));
        }
    }

    static void Sample(CommandLine line, Host host, SampleModel model, SamplingPlan plan, INoiseSource noise, float[] samples)
    {
        RunOptions options = SampleInputs.Read(line, host, model, samples);
        using ProgressBar? progress = ProgressBar.Start(host, "sampling");
        if (progress is not null)
        {
            options = options with { Observer = (in SamplingMoment moment) => progress.Report((double)moment.Step / moment.Count) };
        }

        try
        {
            using var run = new SamplingRun(plan, model.Denoiser, options);
            SamplingResult result = run.Run(samples, noise);
            if (result.Status != SamplingStatus.Done)
            {
                throw new FileFault(line.Text(SampleOptions.Model.Name) ?? "the tiny model", result.ToString());
            }
        }
        catch (ArgumentException error)
        {
            throw new UsageException(Plain(error));
        }
        catch (OnnxException error)
        {
            throw new FileFault(error.File, error.Fault);
        }
    }

    static void Write(SampleModel model, float[] samples, OutputFormat? format, Stream destination)
    {
        int count = (int)model.Denoiser.Shape[0];
        if (format is { } picture)
        {
            PictureWriter.Write(
                SamplePictures.ToPicture(samples, count, model.Channels, model.Height, model.Width), picture, destination);
        }
        else
        {
            destination.Write(NpyArray.Write<float>(samples, count, model.Channels, model.Height, model.Width));
        }
    }

    static void Report(CommandLine line, Host host, SampleModel model, SamplingPlan plan, double milliseconds)
    {
        if (model.ProviderFault is { } fault)
        {
            host.Error.WriteLine($"lacuna sample: {line.Text(SampleOptions.Provider.Name)} is not to be had: {fault}");
        }

        if (line[0] == "-")
        {
            return;
        }

        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("output", line[0]);
                json.WriteNumber("count", model.Denoiser.Shape[0]);
                json.WriteNumber("channels", model.Channels);
                json.WriteNumber("width", model.Width);
                json.WriteNumber("height", model.Height);
                json.WriteNumber("calls", plan.Steps.Count);
                json.WriteNumber("seed", SampleOptions.SeedNumber(line));
                json.WriteString("by", model.By);
                json.WriteString("providerFault", model.ProviderFault);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{line[0]}: {model.Denoiser.Shape[0]} of {model.Width} x {model.Height} in {plan.Steps.Count} calls of the network "
                + $"({model.By}), {milliseconds:0} ms\n");
    }

    /// <summary>An exception's message without the name of a parameter, which says nothing to people.</summary>
    static string Plain(ArgumentException error)
    {
        int end = error.ParamName is null ? -1 : error.Message.IndexOf($" (Parameter '{error.ParamName}')", StringComparison.Ordinal);
        return (end < 0 ? error.Message : error.Message[..end]).ReplaceLineEndings(" ");
    }
}
