using Lacuna.Cli.Files;
using Lacuna.Codecs.Images;
using Lacuna.Entropy;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna info</c>: what a stream's header says.</summary>
sealed class InfoCommand : ICommand
{
    public string Name => "info";

    public string Summary => "Tell what a stream or payload holds, without decoding it.";

    public string Details =>
        """
        Reads the header of IN (or of standard input, -) alone: format version, size,
        channels, quality, and the content hash of the model that decoding needs.
        Of what lacuna compress made it reads the heads of all chunks: their number,
        methods and content's size.
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
        if (PayloadInput.IsPayload(stream.Span))
        {
            host.Print(Describe(line, stream.Length, PayloadInput.ReadInfo(line[0], stream)));
            return ExitCode.Done;
        }

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

    static string Describe(CommandLine line, int bytes, CompressedInfo info) => line.Has(CommonOptions.Json.Name)
        ? JsonText.Make(json =>
        {
            json.WriteStartObject();
            json.WriteString("file", line[0]);
            json.WriteString("format", info.IsLz4Frame ? "lz4-frame" : "payload");
            json.WriteNumber("compressedBytes", bytes);
            json.WriteFinite("bytes", info.Bytes >= 0 ? info.Bytes : double.NaN);
            json.WriteNumber("chunks", info.Chunks);
            PayloadInput.WriteMethods(json, info);
            json.WriteEndObject();
        })
        : $"""
            file     {line[0]}
            format   {(info.IsLz4Frame ? "LZ4 frame" : "payload, version 0")}
            content  {(info.Bytes >= 0 ? $"{info.Bytes} bytes" : "of unknown size")}
            chunks   {info.Chunks}
            methods  {PayloadInput.Methods(info)}
            bytes    {bytes}

            """;

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
