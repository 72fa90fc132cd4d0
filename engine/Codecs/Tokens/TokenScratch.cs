using Lacuna.Entropy;

namespace Lacuna.Codecs.Tokens;

/// <summary>Models that stages take in turn, so that what a chunk costs goes by its tokens and not by its stages.</summary>
sealed class TokenScratch
{
    AdaptiveBit[] tree = [];
    StaticTable? table;

    public StaticTable Table => table ??= new StaticTable();

    /// <summary>Contexts of a tree of some depth, all new.</summary>
    public AdaptiveBit[] Tree(int bits)
    {
        if (tree.Length < 1 << bits)
        {
            tree = new AdaptiveBit[1 << bits];
        }

        return tree;
    }

    /// <summary>Makes the contexts new again that a token of a tree has used.</summary>
    public void Forget(int token, int bits)
    {
        for (int node = (token | (1 << bits)) >> 1; node > 0; node >>= 1)
        {
            tree[node] = default;
        }
    }
}
