namespace Lacuna.Quantization;

/// <summary>Product quantisation: neighbouring elements make subvectors, and each has a codebook of its own.</summary>
/// <remarks>
/// Source: H. Jegou, M. Douze, C. Schmid, "Product quantization for nearest neighbor search", IEEE Trans. PAMI 33(1), 2011.
/// </remarks>
public sealed class ProductQuantizer : GroupedQuantizer
{
    /// <summary>Makes a quantiser.</summary>
    /// <param name="codebooks">1 or more, the first for the first elements; shared, never changed.</param>
    /// <exception cref="ArgumentException">There is no codebook.</exception>
    public ProductQuantizer(params ReadOnlySpan<Codebook> codebooks)
        : base(GroupsOf(codebooks))
    {
    }

    static CodeQuantizer[] GroupsOf(ReadOnlySpan<Codebook> codebooks)
    {
        var groups = new CodeQuantizer[codebooks.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = new ResidualQuantizer(codebooks[i]);
        }

        return groups;
    }
}
