using Lacuna.Cli.Files;
using Lacuna.Cli.Vectors;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna vq decode</c>: tokens in, vectors out.</summary>
sealed class VqDecodeCommand : ICommand
{
    static readonly OptionSpec Raw = new("--raw", null, "Write raw little-endian float32 instead of a .npy file.");

    public string Name => "vq decode";

    public string Summary => "Decode tokens to vectors.";

    public string Details =>
        $"""
        {QuantizerInput.Help}
        IN is a token file, or a .npy file of indices whose last side is the stages; fewer
        than the codebook has decode coarser. OUT is a .npy file of float32. IN and OUT
        may be -.
        """;

    public IReadOnlyList<string> Operands => ["CODEBOOK", "IN", "OUT"];

    public IReadOnlyList<OptionSpec> Options => [Raw];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna vq decode rvq.safetensors latents.lact latents.npy", ""),
        ("lacuna vq decode bsq:18 indices.npy vectors.f32 --raw", ""),
    ];

    public int Run(CommandLine line, Host host)
    {
        CommonOptions.CheckInputs(line[0], line[1]);
        using OutputFile file = OutputFile.Open(line[2], host.Output);
        TokenQuantizer quantizer = QuantizerInput.Open(line[0], null, host);
        int[] tokens = TokenInput.Read(line[1], ref quantizer, host);
        float[] vectors = quantizer.Decode(tokens);
        byte[] bytes = VectorFile.Write(vectors, quantizer.Dimensions, line.Has(Raw.Name));
        file.Write(destination => destination.Write(bytes));
        file.Commit();
        if (line[2] != "-")
        {
            host.Print($"{line[2]}: {vectors.Length / quantizer.Dimensions} vectors of {quantizer.Dimensions}\n");
        }

        return ExitCode.Done;
    }
}
