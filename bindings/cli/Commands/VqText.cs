using Lacuna.Quantization;

namespace Lacuna.Cli.Commands;

/// <summary>What the commands of vector quantisation say alike.</summary>
static class VqText
{
    /// <summary>Tells where a vector is not finite.</summary>
    public static string NotFinite(QuantizationResult result, int dimensions) =>
        $"element {result.Position % dimensions} of vector {result.Position / dimensions} is a NaN or an infinity";

    /// <summary>Numbers of codewords, runs of equal ones together.</summary>
    public static string Runs(ReadOnlySpan<int> codewords)
    {
        var runs = new List<string>();
        for (int first = 0; first < codewords.Length;)
        {
            int after = codewords[first..].IndexOfAnyExcept(codewords[first]);
            int count = after < 0 ? codewords.Length - first : after;
            runs.Add($"{count} x {codewords[first]}");
            first += count;
        }

        return string.Join(", ", runs);
    }
}
