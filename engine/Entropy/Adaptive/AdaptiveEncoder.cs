using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>
/// Writes bits, symbols and numbers by adaptive range coding: for side information, tiny packets and planes with contexts.
/// </summary>
/// <remarks>
/// <para>
/// The caller chooses a context for each: an <see cref="AdaptiveBit"/>, an <see cref="AdaptiveSymbol"/> of 2 to 16 values, an
/// <see cref="AdaptiveNumber"/>. The decoder has to choose the same. For plain bytes <see cref="AdaptiveBytes"/> is faster.
/// </para>
/// <para>
/// The range is 32 bits and is renormalised by bytes; a byte waits until no carry can reach it any more. At the end only as many
/// bytes are written as tell the last range apart; the decoder takes what is missing as 0.
/// </para>
/// <para>
/// Source: G. N. N. Martin, "Range encoding", 1979; I. Pavlov, LZMA specification; docs/format.md, sections 7.1 and 7.2.
/// </para>
/// </remarks>
/// <param name="destination">Receives the stream from index 0.</param>
public ref struct AdaptiveEncoder(Span<byte> destination)
{
    /// <summary>Bytes at the end of a stream that may be left out if they are 0.</summary>
    internal const int MaxImplied = 4;

    /// <summary>A range below this is renormalised.</summary>
    internal const uint LowerBound = 1u << 24;

    readonly Span<byte> destination = destination;
    ulong low;
    uint range = uint.MaxValue;
    byte waiting;
    int waitingOnes; // bytes of 0xFF after the waiting one
    int at = -1; // the byte before the first is always 0, and is not written

    /// <summary>Whether the destination has overflowed: <see cref="Finish"/> will say so.</summary>
    public readonly bool IsFull => at > destination.Length;

    /// <summary>Codes a bit in a context, which learns from it.</summary>
    /// <param name="context">The decision's probability.</param>
    /// <param name="bit">0 or 1.</param>
    public void Encode(ref AdaptiveBit context, int bit)
    {
        var bound = (uint)(((ulong)range * context.ZeroProbability) >> 16);
        context.Update(bit);
        if (bit == 0)
        {
            range = bound;
        }
        else
        {
            low += bound;
            range -= bound;
        }

        Normalise();
    }

    /// <summary>Codes a symbol in a context, which learns from it.</summary>
    /// <param name="context">The symbol's probabilities.</param>
    /// <param name="symbol">0 to <c>context.Values - 1</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The context has no such symbol.</exception>
    public void Encode(ref AdaptiveSymbol context, int symbol)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(symbol);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(symbol, context.Values);
        uint unit = range >> AdaptiveCdf.ScaleBits;
        low += unit * context.Start(symbol);
        range = unit * context.Frequency(symbol);
        context.Update(symbol);
        Normalise();
    }

    /// <summary>Codes a number of any size in a context, which learns from it.</summary>
    /// <param name="context">The number's probabilities.</param>
    /// <param name="value">Any number; small ones take few bits from the start.</param>
    public void Encode(AdaptiveNumber context, uint value)
    {
        ArgumentNullException.ThrowIfNull(context);
        int length = AdaptiveNumber.Length(value);
        Encode(ref context.Lengths, Math.Min(length, AdaptiveNumber.LongLength));
        if (length >= AdaptiveNumber.LongLength)
        {
            EncodeEqual((uint)(length - AdaptiveNumber.LongLength), AdaptiveNumber.LongLengthBits);
        }

        if (length > 1)
        {
            Encode(ref context.SecondBit(length), (int)(value >> (length - 2)) & 1);
            EncodeEqual(value, length - 2);
        }
    }

    /// <summary>Codes a number by a tree of contexts, the high bit first.</summary>
    /// <param name="tree">2^bits contexts; node 1 is the root, nodes 2n and 2n + 1 follow node n.</param>
    /// <param name="bits">Bits of the number, 0 or more.</param>
    /// <param name="value">0 to 2^bits - 1.</param>
    public void EncodeTree(Span<AdaptiveBit> tree, int bits, int value)
    {
        int node = 1;
        for (int i = bits - 1; i >= 0; i--)
        {
            int bit = (value >> i) & 1;
            Encode(ref tree[node], bit);
            node = (2 * node) + bit;
        }
    }

    /// <summary>Codes bits that are equally likely, the high bit first.</summary>
    /// <param name="value">The bits.</param>
    /// <param name="bits">How many, 0 to 32.</param>
    public void EncodeEqual(uint value, int bits)
    {
        for (int i = bits - 1; i >= 0; i--)
        {
            range >>= 1;
            low += (value >> i & 1) * (ulong)range;
            Normalise();
        }
    }

    /// <summary>Ends the stream. Nothing may be coded afterwards.</summary>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns><see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>.</returns>
    public OperationStatus Finish(out int written)
    {
        // The number in the last range that ends in the most zero bytes.
        for (int bits = 32; bits >= 0; bits -= 8)
        {
            ulong mask = (1ul << bits) - 1;
            ulong rounded = (low + mask) & ~mask;
            if (rounded < low + range)
            {
                low = rounded;
                break;
            }
        }

        // The zeros at the end need no room.
        int implied = 0;
        for (ulong rest = low; implied < MaxImplied && (rest & 0xFF) == 0; rest >>= 8)
        {
            implied++;
        }

        for (int i = 0; i <= MaxImplied - implied; i++)
        {
            ShiftLow();
        }

        written = IsFull ? 0 : at;
        return IsFull ? OperationStatus.DestinationTooSmall : OperationStatus.Done;
    }

    void Normalise()
    {
        while (range < LowerBound)
        {
            range <<= 8;
            ShiftLow();
        }
    }

    void ShiftLow()
    {
        if (low is >= 0xFF00_0000 and <= 0xFFFF_FFFF)
        {
            waitingOnes++;
        }
        else
        {
            var carry = (byte)(low >> 32);
            Put((byte)(waiting + carry));
            for (; waitingOnes > 0; waitingOnes--)
            {
                Put((byte)(0xFF + carry));
            }

            waiting = (byte)(low >> 24);
        }

        low = (low & 0x00FF_FFFF) << 8;
    }

    void Put(byte value)
    {
        if ((uint)at < (uint)destination.Length)
        {
            destination[at] = value;
        }

        // Past the end only the fact counts, so that it cannot overflow.
        at = Math.Min(at, destination.Length) + 1;
    }
}
