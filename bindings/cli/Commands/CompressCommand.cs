using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Entropy;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna compress</c>: any file in, a payload or an LZ4 frame out.</summary>
sealed class CompressCommand : ICommand
{
    static readonly OptionSpec Output = new("-o", "OUT",
        $"The file to write; IN with {PayloadInput.Extension} ({PayloadInput.FrameExtension} for lz4-frame) unless given, "
        + "and standard output for -.");
    static readonly OptionSpec Method = new("--method", "NAME", $"One of {PayloadNames.Methods}; auto unless given.");
    static readonly OptionSpec Kind = new("--kind", "NAME",
        $"What the floats are: {PayloadNames.Kinds}. Means --method floats; bf16 unless given.");
    static readonly OptionSpec Level = new("--level", "N",
        $"Effort of LZ4: 0, the default, is fast, 1 to {Lz4Block.MaxLevel} are smaller and slower.");
    static readonly OptionSpec ChunkSize = new("--chunk", "BYTES",
        $"Bytes of a chunk, {CompressorOptions.LeastChunkBytes} to {CompressorOptions.MostChunkBytes}; "
        + $"{new CompressorOptions().ChunkBytes} unless given.");

    public string Name => "compress";

    public string Summary => "Compress any file without loss.";

    public string Details =>
        """
        The file is cut into chunks with a checksum each, which are compressed, and
        later decompressed, by all threads at once. auto takes for each chunk what
        promises the fewest bytes. floats is for tensors: exponents apart from
        mantissas. lz4-frame makes a file for the program lz4.
        """;

    public IReadOnlyList<string> Operands => ["IN"];

    public IReadOnlyList<OptionSpec> Options => [Output, Method, Kind, Level, ChunkSize, CommonOptions.Threads, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna compress notes.txt", "makes notes.txt.lacz"),
        ("lacuna compress weights.bin --kind bf16 -o weights.lacz", "a tensor of bfloat16"),
        ("tar c folder | lacuna compress - | ssh host 'cat > folder.tar.lacz'", "in a pipe"),
    ];

    public int Run(CommandLine line, Host host)
    {
        CompressorOptions options = ReadOptions(line);
        string input = line[0];
        string extension = options.Method == CompressionMethod.Lz4Frame ? PayloadInput.FrameExtension : PayloadInput.Extension;
        string output = line.Text(Output.Name) ?? (input == "-" ? "-" : input + extension);
        CommonOptions.CheckJson(line, output);
        using OutputFile file = OutputFile.Open(output, host.Output);
        ReadOnlyMemory<byte> source = InputFile.Read(input, host.Input);
        long started = Stopwatch.GetTimestamp();
        ReadOnlyMemory<byte> payload = Compress(source, options, output, host);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        file.Write(destination => destination.Write(payload.Span));
        file.Commit();
        Report(line, host, output, source.Length, payload, milliseconds);
        return ExitCode.Done;
    }

    static CompressorOptions ReadOptions(CommandLine line)
    {
        CompressionMethod? method = line.Text(Method.Name) is { } name ? PayloadNames.Method(Method.Name, name) : null;
        FloatKind? kind = line.Text(Kind.Name) is { } floats ? PayloadNames.Kind(Kind.Name, floats) : null;
        if (kind is not null && (method ?? CompressionMethod.Floats) != CompressionMethod.Floats)
        {
            throw new UsageException("--kind goes with --method floats only");
        }

        var defaults = new CompressorOptions();
        return new CompressorOptions
        {
            Method = method ?? (kind is null ? CompressionMethod.Auto : CompressionMethod.Floats),
            FloatKind = kind ?? FloatKind.BFloat16,
            Lz4Level = (int)(line.Whole(Level.Name, 0, Lz4Block.MaxLevel) ?? 0),
            ChunkBytes = (int)(line.Whole(ChunkSize.Name, CompressorOptions.LeastChunkBytes, CompressorOptions.MostChunkBytes)
                ?? defaults.ChunkBytes),
            Threads = CommonOptions.ThreadCount(line),
        };
    }

    static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> source, CompressorOptions options, string output, Host host)
    {
        using ProgressBar? progress = ProgressBar.Start(host, "compressing");
        using var compressor = new Compressor(options with { Progress = progress });
        byte[] payload = GC.AllocateUninitializedArray<byte>((int)Compressor.MaxCompressedBytes(source.Length, options));
        CompressionStatus status = compressor.Compress(source.Span, payload, out int written);
        return status == CompressionStatus.Done
            ? payload.AsMemory(0, written)
            : throw new FileFault(output, PayloadNames.Describe(status, 0, 0), "standard output");
    }

    static void Report(CommandLine line, Host host, string output, int bytes, ReadOnlyMemory<byte> payload, double milliseconds)
    {
        if (output == "-" || Decompressor.TryReadInfo(payload.Span, out CompressedInfo info) != CompressionStatus.Done)
        {
            return;
        }

        double percent = bytes > 0 ? 100.0 * payload.Length / bytes : 100;
        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("input", line[0]);
                json.WriteString("output", output);
                json.WriteNumber("bytes", bytes);
                json.WriteNumber("compressedBytes", payload.Length);
                PayloadInput.WriteMethods(json, info);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{output}: {payload.Length} of {bytes} bytes ({percent:0.0} %), {PayloadInput.Methods(info)}, {milliseconds:0} ms\n");
    }
}
