using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Reads what <see cref="AdaptiveEncoder"/> wrote, in the same contexts and order.</summary>
/// <remarks>
/// Any bytes decode to something; nothing throws and nothing is read outside the source. Whether they were a whole stream
/// <see cref="Finish"/> tells as well as can be told without a checksum.
/// </remarks>
public ref struct AdaptiveDecoder
{
    readonly ReadOnlySpan<byte> source;
    int at;
    uint code;
    uint range = uint.MaxValue;

    /// <summary>Opens a stream.</summary>
    /// <param name="source">The stream and nothing after it; not copied.</param>
    public AdaptiveDecoder(ReadOnlySpan<byte> source)
    {
        this.source = source;
        for (int i = 0; i < sizeof(uint); i++)
        {
            code = (code << 8) | Next();
        }
    }

    /// <summary>Goes on with a stream.</summary>
    /// <param name="source">The same stream.</param>
    /// <param name="state">Where an earlier decoder stood.</param>
    internal AdaptiveDecoder(ReadOnlySpan<byte> source, State state)
    {
        this.source = source;
        (at, code, range) = (state.At, state.Code, state.Range);
    }

    /// <summary>Where the decoder stands, without the stream's bytes.</summary>
    internal readonly State Saved => new(at, code, range);

    /// <summary>Whether more has been read than any whole stream leaves out: what follows is noise.</summary>
    public readonly bool IsStarved => at > source.Length + AdaptiveEncoder.MaxImplied;

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

    /// <summary>Decodes a symbol in a context, which learns from it.</summary>
    /// <param name="context">The symbol's probabilities.</param>
    /// <returns>0 to <c>context.Values - 1</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The context is a default one and has no values.</exception>
    public int Decode(ref AdaptiveSymbol context)
    {
        ArgumentOutOfRangeException.ThrowIfZero(context.Values, nameof(context));
        uint unit = range >> AdaptiveCdf.ScaleBits;
        int symbol = context.Find(Math.Min(code / unit, (1u << AdaptiveCdf.ScaleBits) - 1));
        code -= unit * context.Start(symbol);
        range = unit * context.Frequency(symbol);
        context.Update(symbol);
        Normalise();
        return symbol;
    }

    /// <summary>Decodes a number of any size in a context, which learns from it.</summary>
    /// <param name="context">The number's probabilities.</param>
    public uint Decode(AdaptiveNumber context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int length = Decode(ref context.Lengths);
        if (length == AdaptiveNumber.LongLength)
        {
            length += (int)DecodeEqual(AdaptiveNumber.LongLengthBits);
            length = Math.Min(length, AdaptiveNumber.MaxLength);
        }

        if (length <= 1)
        {
            return (uint)length;
        }

        uint first = 2u | (uint)Decode(ref context.SecondBit(length));
        return (first << (length - 2)) | DecodeEqual(length - 2);
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
        while (range < AdaptiveEncoder.LowerBound)
        {
            range <<= 8;
            code = (code << 8) | Next();
        }
    }

    byte Next()
    {
        byte value = at < source.Length ? source[at] : (byte)0;
        at = Math.Min(at, source.Length + AdaptiveEncoder.MaxImplied) + 1;
        return value;
    }

    /// <summary>What a decoder knows beside its source.</summary>
    internal readonly record struct State(int At, uint Code, uint Range);
}
