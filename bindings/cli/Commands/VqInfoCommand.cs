using Lacuna.Cli.Files;
using Lacuna.Cli.Vectors;
using Lacuna.Codecs.Tokens;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna vq info</c>: what a codebook or a token file holds.</summary>
sealed class VqInfoCommand : ICommand
{
    static ReadOnlySpan<byte> TokenMagic => "LACT"u8;

    public string Name => "vq info";

    public string Summary => "Tell what a codebook or a token file holds.";

    public string Details =>
        """
        IN is a codebook (a safetensors file, or fsq:.., lfq:.. or bsq:..) or a token
        file. A codebook and the tokens made with it show the same hash.
        """;

    public IReadOnlyList<string> Operands => ["IN"];

    public IReadOnlyList<OptionSpec> Options => [CommonOptions.Json];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna vq info rvq.safetensors", ""),
        ("lacuna vq info latents.lact --json", ""),
    ];

    public int Run(CommandLine line, Host host)
    {
        // Standard input can be read once: what follows sees the bytes.
        bool isFile = line[0] == "-" || File.Exists(line[0]);
        ReadOnlyMemory<byte> bytes = isFile ? InputFile.Read(line[0], host.Input) : default;
        bool json = line.Has(CommonOptions.Json.Name);
        if (bytes.Span.StartsWith(TokenMagic))
        {
            TokenFile tokens = TokenInput.Read(line[0], bytes);
            Print(host, json, line[0], "tokens", null, tokens.Vectors, tokens.Codewords, tokens.Codebook, bytes.Length);
            return ExitCode.Done;
        }

        Host replay = line[0] == "-" ? host with { Input = new SegmentStream([bytes]) } : host;
        TokenQuantizer quantizer = QuantizerInput.Open(line[0], null, replay);
        Print(host, json, line[0], quantizer.Description, quantizer.Dimensions, null, quantizer.Codewords, quantizer.Hash, bytes.Length);
        return ExitCode.Done;
    }

    static void Print(
        Host host, bool isJson, string file, string kind, int? dimensions, int? vectors, int[] codewords, ulong hash, int bytes)
    {
        host.Print(isJson
            ? JsonText.Make(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteString("kind", kind);
                Write("dimensions", dimensions);
                Write("vectors", vectors);
                json.WriteStartArray("codewords");
                Array.ForEach(codewords, count => json.WriteNumberValue(count));
                json.WriteEndArray();
                json.WriteString("codebook", $"{hash:x16}");
                json.WriteNumber("bytes", bytes);
                json.WriteEndObject();

                void Write(string name, int? number)
                {
                    if (number is not null)
                    {
                        json.WriteNumber(name, number.Value);
                    }
                }
            })
            : $"""
            file        {file}
            kind        {kind}
            {(dimensions is null ? $"vectors     {vectors}" : $"dimensions  {dimensions}")}
            stages      {VqText.Runs(codewords)}
            codebook    {hash:x16}
            bytes       {bytes}

            """);
    }
}
