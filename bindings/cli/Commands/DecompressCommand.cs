using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Entropy;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna decompress</c>: a payload or an LZ4 frame in, the file out.</summary>
sealed class DecompressCommand : ICommand
{
    const long MostBytes = int.MaxValue - (1 << 16);

    static readonly OptionSpec Output = new("-o", "OUT",
        $"The file to write; IN without {PayloadInput.Extension} or {PayloadInput.FrameExtension} unless given, "
        + "and standard output for -.");
    static readonly OptionSpec MaxBytes = new("--max-bytes", "N",
        $"Refuse content of more bytes, before memory is taken for it; {new DecompressorOptions().MaxBytes} unless given.");

    public string Name => "decompress";

    public string Summary => "Decompress what compress or lz4 made.";

    public string Details =>
        """
        IN is a payload of lacuna compress, or a file of the program lz4. Every chunk's
        checksum is verified; where one is wrong nothing is written, and the message
        says where it is.
        """;

    public IReadOnlyList<string> Operands => ["IN"];

    public IReadOnlyList<OptionSpec> Options => [Output, MaxBytes, CommonOptions.Threads, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna decompress notes.txt.lacz", "makes notes.txt"),
        ("lacuna decompress folder.tar.lacz -o - | tar x", "into a pipe"),
    ];

    public int Run(CommandLine line, Host host)
    {
        (string input, string output) = (line[0], ChooseOutput(line));
        var options = new DecompressorOptions
        {
            Threads = CommonOptions.ThreadCount(line),
            MaxBytes = line.Whole(MaxBytes.Name, 0, MostBytes) ?? new DecompressorOptions().MaxBytes,
        };
        CommonOptions.CheckJson(line, output);
        using OutputFile file = OutputFile.Open(output, host.Output);
        ReadOnlyMemory<byte> payload = InputFile.Read(input, host.Input);
        CompressedInfo info = PayloadInput.ReadInfo(input, payload);
        long started = Stopwatch.GetTimestamp();
        ReadOnlyMemory<byte> content = Decompress(input, payload, info, options, host);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        file.Write(destination => destination.Write(content.Span));
        file.Commit();
        Report(line, host, output, payload.Length, content.Length, milliseconds);
        return ExitCode.Done;
    }

    static string ChooseOutput(CommandLine line)
    {
        if (line.Text(Output.Name) is { } named)
        {
            return named;
        }

        string input = line[0];
        string? extension = ((string[])[PayloadInput.Extension, PayloadInput.FrameExtension])
            .FirstOrDefault(end => input.EndsWith(end, StringComparison.OrdinalIgnoreCase) && input.Length > end.Length);
        return input == "-" ? "-"
            : extension is not null ? input[..^extension.Length]
            : throw new UsageException($"the name {input} does not end in {PayloadInput.Extension}; -o OUT names the file to write");
    }

    static ReadOnlyMemory<byte> Decompress(
        string input, ReadOnlyMemory<byte> payload, CompressedInfo info, DecompressorOptions options, Host host)
    {
        using ProgressBar? progress = ProgressBar.Start(host, "decompressing");
        return PayloadInput.Decompress(input, payload, info, options with { Progress = progress });
    }

    static void Report(CommandLine line, Host host, string output, int compressedBytes, int bytes, double milliseconds)
    {
        if (output == "-")
        {
            return;
        }

        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("input", line[0]);
                json.WriteString("output", output);
                json.WriteNumber("bytes", bytes);
                json.WriteNumber("compressedBytes", compressedBytes);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{output}: {bytes} bytes, {milliseconds:0} ms\n");
    }
}
