using System.Buffers;

namespace Lacuna.Entropy;

/// <summary>Reads the decisions that <see cref="AdaptiveBinaryEncoder"/> wrote, in the same contexts and order.</summary>
/// <remarks>
/// Any bytes decode to some decisions; nothing throws and nothing is read outside the source. Whether they were a whole stream
/// <see cref="Finish"/> tells as well as can be told without a checksum.
/// </remarks>
public ref struct AdaptiveBinaryDecoder
{
    readonly ReadOnlySpan<byte> source;
    int at;
    uint code;
    uint range = uint.MaxValue;

    /// <summary>Opens a stream.</summary>
    /// <param name="source">The stream and nothing after it; not copied.</param>
    public AdaptiveBinaryDecoder(ReadOnlySpan<byte> source)
    {
        this.source = source;
        for (int i = 0; i < sizeof(uint); i++)
        {
            code = (code << 8) | Next();
        }
    }

    /// <summary>Whether more has been read than any whole stream leaves out: what follows is noise.</summary>
    public readonly bool IsStarved => at > source.Length + AdaptiveBinaryEncoder.MaxImplied;

    /// <summary>Decodes a bit in a context, which learns from it.</summary>
    /// <param name="context">The decision's probability.</param>
    /// <returns>0 or 1.</returns>
    public int Decode(ref AdaptiveBit context)
    {
        var bound = (uint)(((ulong)range * context.ZeroProbability) >> 16);
        int bit = code < bound ? 0 : 1;
        context.Update(bit);
        if (bit == 0)
        {
            range = bound;
        }
        else
        {
            code -= bound;
            range -= bound;
        }

        Normalise();
        return bit;
    }

    /// <summary>Decodes a number by a tree of contexts.</summary>
    /// <param name="tree">2^bits contexts, as the encoder's.</param>
    /// <param name="bits">Bits of the number, 0 or more.</param>
    /// <returns>0 to 2^bits - 1.</returns>
    public int DecodeTree(Span<AdaptiveBit> tree, int bits)
    {
        int node = 1;
        for (int i = 0; i < bits; i++)
        {
            node = (2 * node) + Decode(ref tree[node]);
        }

        return node - (1 << bits);
    }

    /// <summary>Decodes bits that are equally likely.</summary>
    /// <param name="bits">How many, 0 to 32.</param>
    public uint DecodeEqual(int bits)
    {
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            range >>= 1;
            uint bit = code < range ? 0u : 1;
            code -= bit * range;
            value = (value << 1) | bit;
            Normalise();
        }

        return value;
    }

    /// <summary>Checks the end of the stream.</summary>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the source ended too soon; or
    /// <see cref="OperationStatus.InvalidData"/> where bytes are left over or no encoder writes this.
    /// </returns>
    public readonly OperationStatus Finish() =>
        IsStarved ? OperationStatus.NeedMoreData
        : at < source.Length || code >= range ? OperationStatus.InvalidData
        : OperationStatus.Done;

    void Normalise()
    {
        while (range < AdaptiveBinaryEncoder.LowerBound)
        {
            range <<= 8;
            code = (code << 8) | Next();
        }
    }

    byte Next()
    {
        byte value = at < source.Length ? source[at] : (byte)0;
        at = Math.Min(at, source.Length + AdaptiveBinaryEncoder.MaxImplied) + 1;
        return value;
    }
}
