using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;
using Lacuna.Codecs.Tokens;
using Lacuna.Streams;

namespace Lacuna.Cli.Vectors;

/// <summary>Reads token files, and .npy files of indices, on behalf of commands.</summary>
static class TokenInput
{
    /// <summary>Most tokens of a file.</summary>
    const int MaxTokens = 1 << 28;

    /// <summary>Reads a token file.</summary>
    /// <exception cref="FileFault">It is at fault.</exception>
    public static TokenFile Read(string path, ReadOnlyMemory<byte> bytes)
    {
        StreamStatus status = TokenFile.Read(bytes.Span, out TokenFile? file, MaxTokens);
        return status == StreamStatus.Done && file is not null ? file : throw new FileFault(path, status switch
        {
            StreamStatus.NotAStream => "holds no tokens",
            StreamStatus.UnsupportedVersion => "made in a version of the format that is newer than this program",
            StreamStatus.Truncated => "ends too soon",
            StreamStatus.LimitExceeded => $"holds more than {MaxTokens} tokens",
            _ => "is damaged: a checksum, a length or a value is wrong",
        });
    }

    /// <summary>Reads tokens for a codebook.</summary>
    /// <param name="quantizer">The codebook; given back with as many stages as the tokens have.</param>
    /// <returns>Shape [vectors, stages], each token within its codebook.</returns>
    /// <exception cref="FileFault">The file is at fault, or was made with another codebook.</exception>
    public static int[] Read(string path, ref TokenQuantizer quantizer, Host host)
    {
        ReadOnlyMemory<byte> bytes = InputFile.Read(path, host.Input);
        TokenFile file = NpyArray.IsNpy(bytes.Span) ? OfArray(path, bytes, quantizer) : Read(path, bytes);
        if (file.Codebook != 0 && file.Codebook != quantizer.Hash)
        {
            throw new FileFault(path, $"was made with codebook {file.Codebook:x16}, not {quantizer.Hash:x16}");
        }

        int stages = file.Codewords.Length;
        if (quantizer is StoredTokens stored && stages < quantizer.Codewords.Length && stages <= stored.Stages)
        {
            quantizer = stored.First(stages);
        }

        return file.Codewords.AsSpan().SequenceEqual(quantizer.Codewords)
            ? file.Tokens
            : throw new FileFault(path, "its tokens do not fit the codebook");
    }

    static TokenFile OfArray(string path, ReadOnlyMemory<byte> bytes, TokenQuantizer quantizer)
    {
        try
        {
            NpyArray array = NpyArray.Read(bytes);
            int columns = array.Shape.Length > 1 ? array.Shape[^1] : 1;
            if (columns < 1 || columns > quantizer.IndicesPerVector)
            {
                throw new FileFormatException($"its rows of {columns} indices do not fit the codebook");
            }

            int stages = quantizer.IndicesPerVector == 1 ? quantizer.Codewords.Length : columns;
            return new TokenFile(0, quantizer.Codewords[..stages], quantizer.ToTokens(array.ToIntegers(), columns));
        }
        catch (FileFormatException fault)
        {
            throw new FileFault(path, fault.Message);
        }
    }
}
