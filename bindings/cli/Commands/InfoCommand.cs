using Lacuna.Cli.Files;
using Lacuna.Codecs.Images;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna info</c>: what a stream's header says.</summary>
sealed class InfoCommand : ICommand
{
    public string Name => "info";

    public string Summary => "Tell what a Lacuna stream holds, without decoding it.";

    public string Details =>
        """
        Reads the header of IN (or of standard input, -) alone: format version, size,
        channels, quality, and the content hash of the model that decoding needs.
        """;

    public IReadOnlyList<string> Operands => ["IN"];

    public IReadOnlyList<OptionSpec> Options => [CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna info photo.lac", ""),
        ("lacuna info photo.lac --json | jq .width", ""),
    ];

    public int Run(CommandLine line, Host host)
    {
        ReadOnlyMemory<byte> stream = InputFile.Read(line[0], host.Input);
        ImageInfo info = StreamInput.ReadInfo(line[0], stream);
        double bitsPerPixel = 8.0 * stream.Length / ((double)info.Width * info.Height);
        host.Print(line.Has(CommonOptions.Json.Name) ? Json(line[0], stream.Length, info, bitsPerPixel) : $"""
            file     {line[0]}
            version  {info.Version}
            size     {info.Width} x {info.Height} pixels
            layout   {info.Layout.Name()}
            quality  {info.Quality:0.##}
            model    {info.Model:x16} ({(info.HasModel ? "held by this program" : "not held by this program")})
            bytes    {stream.Length} ({bitsPerPixel:0.000} bits a pixel)

            """);
        return ExitCode.Done;
    }

    static string Json(string path, int bytes, ImageInfo info, double bitsPerPixel) => JsonText.Make(json =>
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteNumber("version", info.Version);
        json.WriteNumber("width", info.Width);
        json.WriteNumber("height", info.Height);
        json.WriteString("layout", info.Layout.Name());
        json.WriteNumber("quality", info.Quality);
        json.WriteString("model", $"{info.Model:x16}");
        json.WriteBoolean("hasModel", info.HasModel);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("bitsPerPixel", bitsPerPixel);
        json.WriteEndObject();
    });
}
