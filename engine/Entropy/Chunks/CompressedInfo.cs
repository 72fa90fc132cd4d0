namespace Lacuna.Entropy;

/// <summary>What a compressed payload says of itself.</summary>
/// <param name="Bytes">Bytes that it decompresses to; -1 for an LZ4 frame that does not tell.</param>
/// <param name="Chunks">Number of chunks; 0 for an LZ4 frame.</param>
/// <param name="MostChunkBytes">The largest chunk, decompressed.</param>
/// <param name="Methods">The methods that chunks use, a bit each: bit n for method n of docs/format.md, section 11.</param>
/// <param name="IsLz4Frame">Whether it is an LZ4 frame and no payload of chunks.</param>
public readonly record struct CompressedInfo(long Bytes, int Chunks, int MostChunkBytes, int Methods, bool IsLz4Frame)
{
    static readonly string[] Names = ["end", "stored", "run", "rans", "adaptive", "lz4", "floats"];

    /// <summary>Names of the methods in use, in the order of their numbers.</summary>
    public IEnumerable<string> MethodNames
    {
        get
        {
            int methods = Methods;
            return IsLz4Frame ? ["lz4-frame"] : Array.FindAll(Names, name => (methods >> Array.IndexOf(Names, name) & 1) != 0);
        }
    }
}

/// <summary>What decompressing came to.</summary>
/// <param name="Status">Done, or what is wrong.</param>
/// <param name="Written">Bytes written that are right: all, or those of the chunks before the first at fault.</param>
/// <param name="Position">Where the fault lies: the first byte of the chunk in the source. The source's length where all is done.</param>
public readonly record struct DecompressResult(CompressionStatus Status, int Written, int Position);
