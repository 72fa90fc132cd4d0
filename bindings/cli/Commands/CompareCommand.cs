using System.Text;
using Lacuna.Cli.Files;
using Lacuna.Cli.Metrics;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna compare</c>: how far apart two pictures are.</summary>
sealed class CompareCommand : ICommand
{
    public string Name => "compare";

    public string Summary => "Measure how far apart two pictures are (PSNR, MS-SSIM).";

    public string Details =>
        """
        A and B are picture files or Lacuna streams of one size; one may be -,
        standard input. PSNR comes from the mean squared error over red, green and
        blue (or over grey, where both are grey). MS-SSIM is the mean over these
        channels; a picture whose shorter side is under 161 is compared at fewer than
        five scales. With alpha, colours are compared as they look before black, and
        alpha's own error stands beside. Equal pictures have no finite PSNR: "inf",
        in JSON null with "identical" true.
        """;

    public IReadOnlyList<string> Operands => ["A", "B"];

    public IReadOnlyList<OptionSpec> Options => [CommonOptions.Frame, CommonOptions.MaxPixels, CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna compare photo.png decoded.png", ""),
        ("lacuna compare photo.png photo.lac --json", "decodes the stream first"),
    ];

    public int Run(CommandLine line, Host host)
    {
        CommonOptions.CheckInputs(line[0], line[1]);
        Picture a = Read(line[0], line, host);
        Picture b = Read(line[1], line, host);
        if (a.Width != b.Width || a.Height != b.Height)
        {
            string sizes = $"is {b.Width} x {b.Height} pixels, and {line[0]} is {a.Width} x {a.Height}";
            throw new FileFault(line[1], sizes + "; only pictures of one size can be compared");
        }

        PictureComparison result = PictureComparison.Measure(a, b);
        host.Print(line.Has(CommonOptions.Json.Name) ? Json(line, a, result) : Text(result));
        return ExitCode.Done;
    }

    static Picture Read(string path, CommandLine line, Host host)
    {
        long limit = CommonOptions.PixelLimit(line);
        ReadOnlyMemory<byte> file = InputFile.Read(path, host.Input);
        return PictureReader.Detect(file.Span) != PictureKind.Unknown || file.IsEmpty
            ? PictureInput.Parse(path, file, limit, CommonOptions.FrameNumber(line))
            : StreamInput.Decode(path, file, StreamInput.ReadInfo(path, file), new ImageDecoderOptions { MaxPixels = limit });
    }

    static string[] Channels(PictureError error) => error.MeanSquares.Count == 1 ? ["grey"] : ["red", "green", "blue"];

    static string Text(PictureComparison result)
    {
        PictureError colour = result.Colour;
        string[] channels = Channels(colour);
        IReadOnlyList<double> psnr = colour.ChannelPsnr;
        var text = new StringBuilder();
        text.Append($"PSNR       {Decibels(colour.Psnr)}\n");
        for (int i = 0; i < channels.Length && channels.Length > 1; i++)
        {
            text.Append($"  {channels[i],-9}{Decibels(psnr[i])}\n");
        }

        text.Append($"MS-SSIM    {result.MsSsim:0.000000} ({Decibels(Metrics.MsSsim.ToDecibels(result.MsSsim))})\n");
        text.Append($"max error  {colour.MaxError}\n");
        if (result.Alpha is { } alpha)
        {
            text.Append($"alpha      PSNR {Decibels(alpha.Psnr)}, max error {alpha.MaxError}\n");
        }

        return text.Append(result.Identical ? "identical\n" : "").ToString();
    }

    static string Decibels(double value) => double.IsFinite(value) ? $"{value:0.00} dB" : "inf";

    static string Json(CommandLine line, Picture a, PictureComparison result) => JsonText.Make(json =>
    {
        json.WriteStartObject();
        json.WriteString("a", line[0]);
        json.WriteString("b", line[1]);
        json.WriteNumber("width", a.Width);
        json.WriteNumber("height", a.Height);
        json.WriteBoolean("identical", result.Identical);
        json.WriteFinite("psnr", result.Colour.Psnr);
        json.WriteStartObject("channelPsnr");
        foreach ((string channel, double psnr) in Channels(result.Colour).Zip(result.Colour.ChannelPsnr))
        {
            json.WriteFinite(channel, psnr);
        }

        json.WriteEndObject();
        json.WriteNumber("msSsim", result.MsSsim);
        json.WriteFinite("msSsimDb", Metrics.MsSsim.ToDecibels(result.MsSsim));
        json.WriteNumber("maxError", result.Colour.MaxError);
        if (result.Alpha is { } alpha)
        {
            json.WriteFinite("alphaPsnr", alpha.Psnr);
            json.WriteNumber("alphaMaxError", alpha.MaxError);
        }

        json.WriteEndObject();
    });
}
