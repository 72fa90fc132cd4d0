using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna encode</c>: a picture file in, a stream out.</summary>
sealed class EncodeCommand : ICommand
{
    const double DefaultQuality = 50;

    static readonly OptionSpec Quality = new("--quality", "N",
        "0 (smallest file) to 100 (best picture), fractions allowed; 50 unless given.");
    static readonly OptionSpec Bytes = new("--bytes", "N",
        "The best picture in a file of at most N bytes, instead of --quality.");

    public string Name => "encode";

    public string Summary => "Encode a picture as a Lacuna stream.";

    public string Details =>
        """
        IN is a PNG, JPEG, PBM, PGM, PPM, PAM or y4m file; its first bytes tell, not
        its name. OUT is the stream, by custom named *.lac. Either may be -, standard
        input or output. 16-bit samples are rounded to 8. JPEG needs libjpeg-turbo.
        Alpha is kept without loss.
        """;

    public IReadOnlyList<string> Operands => ["IN", "OUT"];

    public IReadOnlyList<OptionSpec> Options =>
        [Quality, Bytes, CommonOptions.Threads, CommonOptions.Frame, CommonOptions.MaxPixels, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna encode photo.png photo.lac", "at quality 50"),
        ("lacuna encode photo.jpg small.lac --bytes 20000", "at most 20,000 bytes"),
        ("ffmpeg -i film.mp4 -frames:v 1 -f yuv4mpegpipe - | lacuna encode - frame.lac", "a frame of a film"),
    ];

    public int Run(CommandLine line, Host host)
    {
        (string input, string output) = (line[0], line[1]);
        ImageEncoderOptions options = ReadOptions(line);
        CommonOptions.CheckJson(line, output);
        using OutputFile file = OutputFile.Open(output, host.Output);
        Picture picture = PictureInput.Read(input, host, CommonOptions.PixelLimit(line), CommonOptions.FrameNumber(line));
        long started = Stopwatch.GetTimestamp();
        byte[] stream = Encode(picture, options, output, host);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        file.Write(destination => destination.Write(stream));
        file.Commit();
        Report(line, host, picture, stream, milliseconds);
        return ExitCode.Done;
    }

    static ImageEncoderOptions ReadOptions(CommandLine line)
    {
        double? quality = line.Number(Quality.Name, 0, 100);
        long? bytes = line.Whole(Bytes.Name, 1, long.MaxValue);
        return quality is null || bytes is null
            ? new ImageEncoderOptions
            {
                Quality = quality ?? DefaultQuality,
                MaxBytes = bytes,
                Threads = CommonOptions.ThreadCount(line),
            }
            : throw new UsageException("--quality and --bytes exclude each other");
    }

    static byte[] Encode(Picture picture, ImageEncoderOptions options, string output, Host host)
    {
        using ProgressBar? progress = ProgressBar.Start(host, "encoding");
        try
        {
            return ImageEncoder.Encode(picture, options with { Progress = progress });
        }
        catch (ArgumentException) when (options.MaxBytes is not null)
        {
            throw new FileFault(output, $"the picture does not fit into {options.MaxBytes} bytes at any quality", "standard output");
        }
    }

    static void Report(CommandLine line, Host host, Picture picture, byte[] stream, double milliseconds)
    {
        if (line[1] == "-")
        {
            return;
        }

        double bitsPerPixel = 8.0 * stream.Length / ((double)picture.Width * picture.Height);
        double? quality = ImageDecoder.ReadInfo(stream, out ImageInfo info) == StreamStatus.Done ? info.Quality : null;
        host.Print(line.Has(CommonOptions.Json.Name)
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("input", line[0]);
                json.WriteString("output", line[1]);
                json.WriteNumber("width", picture.Width);
                json.WriteNumber("height", picture.Height);
                json.WriteString("layout", picture.Layout.Name());
                json.WriteNumber("bytes", stream.Length);
                json.WriteNumber("bitsPerPixel", bitsPerPixel);
                json.WriteFinite("quality", quality ?? double.NaN);
                json.WriteNumber("milliseconds", milliseconds);
                json.WriteEndObject();
            })
            : $"{line[1]}: {picture.Width} x {picture.Height} {picture.Layout.Name()}, quality {quality:0.##}, {stream.Length} bytes, "
                + $"{bitsPerPixel:0.000} bits a pixel, {milliseconds:0} ms\n");
    }
}
