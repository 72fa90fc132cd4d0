using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Entropy;

namespace Lacuna.Cli.Bench;

/// <summary>A file of the user's through every method of compression, on one thread.</summary>
/// <param name="path">The file.</param>
sealed class FileArea(string path) : IBenchArea
{
    public string Name => path;

    public string Description => "a file through every method of compression";

    public IReadOnlyList<BenchCase> Prepare(int processors)
    {
        byte[] data = InputFile.Read(path, Stream.Null).ToArray();
        if (data.Length == 0)
        {
            throw new FileFault(path, "holds nothing to measure");
        }

        List<BenchCase> cases = [.. Of("auto", CompressionMethod.Auto), .. Of("rans", CompressionMethod.Rans)];
        cases.AddRange(Of("adaptive", CompressionMethod.Adaptive));
        if (Lz4Block.IsAvailable)
        {
            cases.AddRange(Of("lz4", CompressionMethod.Lz4));
        }

        foreach ((string name, FloatKind kind) in PayloadNames.FloatKinds)
        {
            cases.AddRange(Of(name, CompressionMethod.Floats, kind));
        }

        return cases;

        BenchCase[] Of(string name, CompressionMethod method, FloatKind kind = FloatKind.BFloat16)
        {
            var options = new CompressorOptions { Method = method, FloatKind = kind, Threads = 1 };
            BenchCase[] timed = PayloadCases.Of(name, data, options, "", out int bytes);
            return [BenchCase.Known($"{name}-size", "%", 100.0 * bytes / data.Length), .. timed];
        }
    }
}
