using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;
using Lacuna.Denoisers;
using Lacuna.Onnx;
using Lacuna.Sampling;
using Lacuna.Workers;

namespace Lacuna.Cli.Samples;

/// <summary>The denoiser that a command line names, with all that it stands on.</summary>
sealed class SampleModel : IDisposable
{
    readonly Stack<IDisposable> owned = [];

    SampleModel()
    {
    }

    public IDenoiser Denoiser { get; private set; } = null!;

    /// <summary>What ran it, for people.</summary>
    public string By { get; private set; } = "";

    /// <summary>Why the provider that was asked for did not.</summary>
    public string? ProviderFault { get; private set; }

    public int Channels => (int)Denoiser.Shape[1];

    public int Height => (int)Denoiser.Shape[2];

    public int Width => (int)Denoiser.Shape[3];

    /// <summary>Opens it.</summary>
    /// <exception cref="UsageException">The sizes or conditions do not fit the model.</exception>
    /// <exception cref="FileFault">A file is at fault.</exception>
    public static SampleModel Open(CommandLine line, Host host)
    {
        var model = new SampleModel();
        try
        {
            if (line.Text(SampleOptions.Model.Name) is { } path)
            {
                model.OpenOnnx(path, line, host);
            }
            else
            {
                model.OpenTiny(line);
            }

            return model;
        }
        catch (OnnxException error)
        {
            model.Dispose();
            throw new FileFault(error.File, error.Fault);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (owned.TryPop(out IDisposable? part))
        {
            part.Dispose();
        }
    }

    void OpenTiny(CommandLine line)
    {
        (int width, int height) = SampleOptions.Sides(line) ?? (TinyModel.Side, TinyModel.Side);
        if (width % 2 != 0 || height % 2 != 0)
        {
            throw new UsageException($"{SampleOptions.Size.Name}: the tiny model wants an even width and height, not {width}x{height}");
        }

        int count = SampleOptions.SampleCount(line);
        CheckPixels(line, count, width, height);
        var pool = Own(new WorkerPool(CommonOptions.ThreadCount(line)));
        var network = Own(new PatchNetwork(TinyModel.Weights(), pool));
        Denoiser = Own(new NetworkDenoiser(network, count, height, width));
        By = "lacuna";
    }

    void OpenOnnx(string path, CommandLine line, Host host)
    {
        var session = Own(new OnnxSession(path, SampleOptions.Runtime(line)));
        TensorInfo sample = OnnxDenoiser.SampleInput(session);
        if (sample.Shape.Count != 4 || sample.Shape[1] < 1)
        {
            throw new FileFault(path, $"the input {sample} has no four sizes of which the second, the channels, is fixed");
        }

        (int width, int height) = SampleOptions.Sides(line) ?? (sample.Shape[2] > 0 && sample.Shape[3] > 0
            ? ((int)sample.Shape[3], (int)sample.Shape[2])
            : throw new UsageException($"{path} leaves the size of its samples open; {SampleOptions.Size.Name} says it"));
        int count = SampleOptions.SampleCount(line);
        CheckPixels(line, count, width, height);
        Denoiser = Own(new OnnxDenoiser(session, [count, sample.Shape[1], height, width], Conditions(line, host)));
        By = $"ONNX Runtime {session.Runtime.Version}, {session.Provider.ToString().ToLowerInvariant()}";
        ProviderFault = session.ProviderFault;
    }

    static void CheckPixels(CommandLine line, int count, int width, int height)
    {
        long most = CommonOptions.PixelLimit(line);
        if ((long)count * width * height > most)
        {
            throw new UsageException($"{count} x {width} x {height} pixels are more than the {most} of --max-pixels");
        }
    }

    static List<OnnxCondition> Conditions(CommandLine line, Host host)
    {
        Dictionary<string, string> files = SampleOptions.Files(line, SampleOptions.Condition);
        Dictionary<string, string> negatives = SampleOptions.Files(line, SampleOptions.Negative);
        var conditions = new List<OnnxCondition>();
        foreach ((string name, string file) in files)
        {
            (int[] shape, float[] values) = Read(file, host);
            ReadOnlyMemory<float>? negative = null;
            if (negatives.Remove(name, out string? other))
            {
                (int[] sides, float[] instead) = Read(other, host);
                negative = sides.SequenceEqual(shape) ? instead : throw new FileFault(other, $"has other sizes than {file}");
            }

            conditions.Add(new OnnxCondition(name, [.. shape.Select(size => (long)size)], values, negative));
        }

        return negatives.Count == 0
            ? conditions
            : throw new UsageException(
                $"{SampleOptions.Negative.Name} names '{negatives.Keys.First()}', which {SampleOptions.Condition.Name} does not");
    }

    static (int[] Shape, float[] Values) Read(string file, Host host)
    {
        try
        {
            NpyArray array = NpyArray.Read(InputFile.Read(file, host.Input));
            return array.Count > 0 ? (array.Shape, array.ToSingles()) : throw new FileFault(file, "holds no elements");
        }
        catch (FileFormatException error)
        {
            throw new FileFault(file, error.Message);
        }
    }

    T Own<T>(T part)
        where T : IDisposable
    {
        owned.Push(part);
        return part;
    }
}
