using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Quantization;
using Lacuna.Quantization.Files;

namespace Lacuna.Cli.Vectors;

/// <summary>Makes quantisers of what stands on the command line: a codebook file, or the words of an implied codebook.</summary>
static class QuantizerInput
{
    /// <summary>What a codebook operand may be, for help pages.</summary>
    public const string Help =
        """
        CODEBOOK is a safetensors file (Lacuna's, EnCodec's, DAC's or Mimi's), or names
        an implied codebook: fsq:8,5,5,5 (levels), lfq:18 or bsq:18 (dimensions).
        """;

    /// <summary>Opens a quantiser.</summary>
    /// <param name="operand">A file, or words.</param>
    /// <param name="beam">Paths to follow through residual stages; null for what the file has.</param>
    /// <exception cref="FileFault">The file is at fault.</exception>
    /// <exception cref="UsageException">The words are, or the beam does not go with the codebook.</exception>
    public static TokenQuantizer Open(string operand, int? beam, Host host)
    {
        int colon = operand.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? "" : operand[..colon];
        if (kind is not ("fsq" or "lfq" or "bsq"))
        {
            return OpenFile(operand, beam, host);
        }

        try
        {
            return Implied(kind, operand[(colon + 1)..]);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"'{operand}' is no codebook: levels are 2 or more with a product below 2^63, dimensions 1 to 62");
        }
    }

    /// <summary>The number that names a codebook file: the first eight bytes of its SHA-256.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(file));

    static ImpliedTokens Implied(string kind, string text)
    {
        int[] numbers = [.. text.Split(',').Select(Number)];
        return kind switch
        {
            "fsq" => new ImpliedTokens(new FiniteScalarQuantizer(numbers), numbers, $"fsq, levels {string.Join(' ', numbers)}"),
            _ when numbers.Length > 1 => throw new ArgumentException("There is one number of dimensions."),
            "lfq" => new ImpliedTokens(SignQuantizer.LookupFree(numbers[0]), MixedRadix.BytesOf(numbers[0]), $"lfq of {numbers[0]} bits"),
            _ => new ImpliedTokens(SignQuantizer.BinarySpherical(numbers[0]), MixedRadix.BytesOf(numbers[0]), $"bsq of {numbers[0]} bits"),
        };
    }

    static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException("This is no number.");

    static StoredTokens OpenFile(string path, int? beam, Host host)
    {
        ReadOnlyMemory<byte> bytes = InputFile.Read(path, host.Input);
        if (!CodebookFile.TryRead(bytes.Span, out CodeQuantizer? quantizer, out string layout, out string fault) || quantizer is null)
        {
            throw new FileFault(path, fault);
        }

        try
        {
            quantizer = beam is null ? quantizer : CodebookFile.WithBeam(quantizer, beam.Value);
        }
        catch (ArgumentException)
        {
            throw new UsageException("--beam wants residual stages with the Euclidean metric and without projections");
        }

        string kind = quantizer switch
        {
            ProductQuantizer => "product",
            GroupedQuantizer => "grouped",
            SplitQuantizer => "split residual",
            _ when quantizer.Stages == 1 => "flat",
            _ => "residual",
        };
        return new StoredTokens(quantizer, $"{kind} ({layout} layout)", HashOf(bytes.Span));
    }
}
