using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Symbols, and the tables under which they are coded, as a stream's driver sees them.</summary>
interface IRansSymbols
{
    /// <summary>Bytes of words that one symbol takes at most.</summary>
    static abstract int MaxBytesPerSymbol { get; }

    /// <summary>Number of symbols.</summary>
    int Count { get; }

    /// <summary>Encodes a range of the symbols, from the last to the first.</summary>
    /// <param name="first">The first symbol.</param>
    /// <param name="count">Symbols.</param>
    /// <param name="states">One state a lane; updated.</param>
    /// <param name="firstLane">The lane of the first symbol.</param>
    /// <param name="words">Filled from its end; at least <see cref="MaxBytesPerSymbol"/> bytes a symbol.</param>
    /// <returns>Bytes written at the end of <paramref name="words"/>.</returns>
    int Encode(int first, int count, scoped Span<uint> states, int firstLane, scoped Span<byte> words);
}

/// <summary>Writes symbols of any kind as one rANS stream: the tail, the interleaved lanes, and the header before them.</summary>
/// <remarks>
/// A lane's first state would be 16 bits that say nothing. Here the last symbols (the tail) are coded by lane 0 alone, which starts
/// from 1, and each word that it spills becomes the low half of another lane's first state. Together with states written at their
/// own length this brings the cost of a lane from 24 bits to some 4.
/// <para>Stream: docs/format.md, section 4.3. Class: exact.</para>
/// </remarks>
static class RansStreamEncoder
{
    /// <summary>Symbols at a time where the destination may be too small for their worst case; a multiple of all lanes.</summary>
    const int BlockSymbols = 1024;

    /// <summary>A tail is at most this share of the symbols, since it decodes at the speed of one lane.</summary>
    const int TailShare = 16;

    /// <summary>Writes a stream of one symbol or more.</summary>
    /// <param name="symbols">The symbols.</param>
    /// <param name="lanes">1, 4, 32, 64, 128 or 256.</param>
    /// <param name="destination">Receives the stream from index 0.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    public static OperationStatus Encode<TSymbols>(in TSymbols symbols, int lanes, Span<byte> destination, out int written)
        where TSymbols : IRansSymbols, allows ref struct
    {
        written = 0;
        Span<uint> states = stackalloc uint[lanes];
        states[0] = RansHeader.AloneState;
        int tail = lanes > 1 ? EncodeTail(symbols, states) : 0;

        int at = EncodeBlocks(symbols, symbols.Count - tail, states, destination);
        Span<byte> header = stackalloc byte[RansHeader.MaxBytes];
        int headerBytes = RansHeader.Write(states, tail, header);
        if (at < headerBytes)
        {
            return OperationStatus.DestinationTooSmall;
        }

        destination[at..].CopyTo(destination[headerBytes..]);
        header[..headerBytes].CopyTo(destination);
        written = headerBytes + destination.Length - at;
        return OperationStatus.Done;
    }

    /// <summary>Fills the destination from its end.</summary>
    /// <returns>Where the words begin; -1 where they do not fit.</returns>
    static int EncodeBlocks<TSymbols>(in TSymbols symbols, int count, Span<uint> states, Span<byte> destination)
        where TSymbols : IRansSymbols, allows ref struct
    {
        Span<byte> scratch = stackalloc byte[BlockSymbols * TSymbols.MaxBytesPerSymbol];
        int at = destination.Length;
        for (int end = count; end > 0;)
        {
            // As many blocks as are sure to fit go straight to their place; one that may not goes by way of the scratch.
            int sure = at / scratch.Length * BlockSymbols;
            int rest = (end - 1) % BlockSymbols;
            int first = Math.Max(0, end - 1 - rest - Math.Max(0, sure - BlockSymbols));
            Span<byte> words = sure > 0 ? destination[..at] : scratch;
            int bytes = symbols.Encode(first, end - first, states, first % states.Length, words);
            at -= bytes;
            if (at < 0)
            {
                return -1;
            }

            if (sure == 0)
            {
                words[^bytes..].CopyTo(destination[at..]);
            }

            end = first;
        }

        return at;
    }

    /// <summary>Codes the last symbols by lane 0 until every other lane has a word of theirs to start from.</summary>
    /// <returns>The number of these symbols.</returns>
    static int EncodeTail<TSymbols>(in TSymbols symbols, Span<uint> states)
        where TSymbols : IRansSymbols, allows ref struct
    {
        Span<byte> parked = stackalloc byte[sizeof(ushort) * (states.Length - 1)];
        Span<byte> words = stackalloc byte[Math.Max(parked.Length, TSymbols.MaxBytesPerSymbol)];
        Span<uint> alone = states[..1];
        alone[0] = RansHeader.AloneState;
        int most = symbols.Count / TailShare;
        int room = parked.Length;
        int tail = 0;

        // As many at a time as are sure to fit; the last may turn out not to.
        for (int step; room > 0 && tail < most; tail += step)
        {
            step = Math.Min(Math.Max(room / TSymbols.MaxBytesPerSymbol, 1), most - tail);
            uint before = alone[0];
            int bytes = symbols.Encode(symbols.Count - tail - step, step, alone, 0, words);
            if (bytes > room)
            {
                alone[0] = before;
                break;
            }

            room -= bytes;
            words[^bytes..].CopyTo(parked[room..]);
        }

        // A lane that goes on among others needs a whole state.
        bool grown = alone[0] >= RansDecodeIndexed.LowerBound;
        alone[0] = grown ? alone[0] : RansDecodeIndexed.LowerBound;
        for (int lane = 1; lane < states.Length; lane++)
        {
            int word = room + (sizeof(ushort) * (lane - 1));
            states[lane] = grown && word < parked.Length
                ? RansHeader.LentState | BinaryPrimitives.ReadUInt16LittleEndian(parked[word..])
                : RansHeader.IdleState;
        }

        return grown ? tail : 0;
    }
}
