using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Png;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna decode</c>: a stream in, a picture file out.</summary>
sealed class DecodeCommand : ICommand
{
    static readonly OptionSpec Format = new("--format", "NAME",
        $"Format of OUT: {PictureWriter.Names}. Unless given, OUT's extension tells; standard output is png.");
    static readonly OptionSpec PngLevel = new("--png-level", "N",
        $"Effort for a small PNG: 0 (stored) to 9; {PngWriter.DefaultLevel} unless given.");

    public string Name => "decode";

    public string Summary => "Decode a Lacuna stream to a picture.";

    public string Details =>
        """
        OUT is written as PNG, PGM, PPM, PAM or y4m; either of IN and OUT may be -,
        standard input or output. y4m is BT.601 in limited range, 4:4:4, or 4:2:0 as
        y4m420; the other formats hold the picture exactly. A format that cannot hold
        the picture's colour or alpha is refused.
        """;

    public IReadOnlyList<string> Operands => ["IN", "OUT"];

    public IReadOnlyList<OptionSpec> Options =>
        [Format, PngLevel, CommonOptions.Threads, CommonOptions.MaxPixels, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna decode photo.lac photo.png", ""),
        ("lacuna decode photo.lac - --format ppm | pnmtojpeg > photo.jpg", "into a pipe"),
        ("lacuna decode photo.lac - --format y4m | mpv -", "into a player"),
    ];

    public int Run(CommandLine line, Host host)
    {
        (string input, string output) = (line[0], line[1]);
        OutputFormat format = ChooseFormat(line, output);
        int level = (int)(line.Whole(PngLevel.Name, 0, 9) ?? PngWriter.DefaultLevel);
        var options = new ImageDecoderOptions { Threads = CommonOptions.ThreadCount(line), MaxPixels = CommonOptions.PixelLimit(line) };
        CommonOptions.CheckJson(line, output);
        using OutputFile file = OutputFile.Open(output, host.Output);
        ReadOnlyMemory<byte> stream = InputFile.Read(input, host.Input);
        ImageInfo info = StreamInput.ReadInfo(input, stream);
        if (PictureWriter.Lacks(format, info.Layout) is { } lack)
        {
            throw new FileFault(output, lack, "standard output");
        }

        long started = Stopwatch.GetTimestamp();
        Picture picture = Decode(input, stream, info, options, host);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        file.Write(destination => PictureWriter.Write(picture, format, destination, level));
        file.Commit();
        Report(line, host, picture, stream.Length, milliseconds);
        return ExitCode.Done;
    }

    static OutputFormat ChooseFormat(CommandLine line, string output)
    {
        if (line.Text(Format.Name) is { } name)
        {
            return PictureWriter.Find(name) ?? throw new UsageException($"--format knows {PictureWriter.Names}, not '{name}'");
        }

        return output == "-" ? OutputFormat.Png
            : PictureWriter.Find(Path.GetExtension(output).TrimStart('.'))
                ?? throw new UsageException($"the name {output} does not tell a format; --format NAME does ({PictureWriter.Names})");
    }

    static Picture Decode(string input, ReadOnlyMemory<byte> stream, ImageInfo info, ImageDecoderOptions options, Host host)
    {
        using ProgressBar? progress = ProgressBar.Start(host, "decoding");
        return StreamInput.Decode(input, stream, info, options with { Progress = progress });
    }

    static void Report(CommandLine line, Host host, Picture picture, int bytes, double milliseconds)
    {
        if (line[1] == "-")
        {
            return;
        }

        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("input", line[0]);
                json.WriteString("output", line[1]);
                json.WriteNumber("width", picture.Width);
                json.WriteNumber("height", picture.Height);
                json.WriteString("layout", picture.Layout.Name());
                json.WriteNumber("bytes", bytes);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{line[1]}: {picture.Width} x {picture.Height} {picture.Layout.Name()}, {milliseconds:0} ms\n");
    }
}
