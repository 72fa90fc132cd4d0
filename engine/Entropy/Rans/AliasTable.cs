using System.Numerics;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Lays the 65536 slots of a frequency table into 256 buckets of at most two symbols each: the alias method.</summary>
/// <remarks>
/// <para>
/// Slot <c>s</c> lies in bucket <c>s mod 256</c> at remainder <c>s / 256</c>. Bucket <c>b</c> gives its first <c>divider[b]</c>
/// remainders to code <c>b</c> and the others to code <c>alias[b]</c>. The rank of a slot among those of its code counts the
/// own bucket first, then the buckets that lend to the code, in ascending order.
/// </para>
/// <para>The choice of lenders is part of the format (docs/format.md, section 4): see <see cref="Divide"/>.</para>
/// <para>Source: A. J. Walker 1977; M. D. Vose 1991; F. Giesen, "rANS with the alias method", 2014.</para>
/// </remarks>
sealed class AliasTable
{
    const int Buckets = RansDecodeIndexed.Buckets;

    readonly ushort[] frequencies = new ushort[Buckets];
    readonly int[] slots = new int[Buckets];
    readonly int[] dividers = new int[Buckets];
    readonly byte[] aliases = new byte[Buckets];
    readonly int[] firstRanks = new int[Buckets];

    /// <summary>Makes room for <see cref="Build"/>.</summary>
    public AliasTable()
    {
    }

    /// <summary>Builds the buckets of a table.</summary>
    public AliasTable(FrequencyTable table)
    {
        Span<ushort> counts = stackalloc ushort[Buckets];
        for (int code = 0; code < Buckets; code++)
        {
            counts[code] = (ushort)(table.ByCode[code] << (code == RansDecodeIndexed.EscapeCode ? 0 : table.Shift));
        }

        Build(table.ByCode, counts);
    }

    /// <summary>Builds the buckets anew.</summary>
    /// <param name="frequencies">Shape [256], as entries hold them.</param>
    /// <param name="slots">Shape [256]: slots of each code; they sum to 65536.</param>
    public void Build(ReadOnlySpan<ushort> frequencies, ReadOnlySpan<ushort> slots)
    {
        frequencies.CopyTo(this.frequencies);
        for (int code = 0; code < Buckets; code++)
        {
            this.slots[code] = slots[code];
        }

        Divide();
        Rank();
    }

    /// <summary>
    /// Fills the buckets in ascending order of those codes with 256 slots or fewer. A bucket with room borrows from the first code
    /// that still has more than 256; when that one falls to 256 or below, its own bucket is filled next.
    /// </summary>
    void Divide()
    {
        Span<int> left = stackalloc int[Buckets];
        slots.CopyTo(left);
        int lender = NextLarge(-1);

        for (int code = 0; code < Buckets; code++)
        {
            for (int bucket = slots[code] > Buckets ? -1 : code; bucket >= 0;)
            {
                dividers[bucket] = left[bucket];
                aliases[bucket] = (byte)bucket;
                if (left[bucket] == Buckets)
                {
                    break;
                }

                aliases[bucket] = (byte)lender;
                left[lender] -= Buckets - left[bucket];
                bucket = left[lender] <= Buckets ? lender : -1;
                lender = bucket < 0 ? lender : NextLarge(lender);
            }
        }
    }

    int NextLarge(int code)
    {
        do
        {
            code++;
        }
        while (code < Buckets && slots[code] <= Buckets);

        return code;
    }

    /// <summary>Numbers the slots that each bucket lends to its alias.</summary>
    void Rank()
    {
        Span<int> next = stackalloc int[Buckets];
        dividers.CopyTo(next);
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            firstRanks[bucket] = next[aliases[bucket]];
            next[aliases[bucket]] += Buckets - dividers[bucket];
        }
    }

    /// <summary>Writes the look-up entries of <see cref="RansDecodeIndexed"/>.</summary>
    /// <param name="entries">Shape [256].</param>
    public void WriteDecoding(Span<ulong> entries)
    {
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            // A bucket of one code lends its last slot to itself, since 256 does not fit a byte.
            bool whole = dividers[bucket] == Buckets;
            int divider = whole ? Buckets - 1 : dividers[bucket];
            int adjust = whole ? 0 : firstRanks[bucket] - divider;
            entries[bucket] = (uint)divider | (ulong)aliases[bucket] << 8 | (ulong)(ushort)adjust << 16
                | (ulong)frequencies[bucket] << 32 | (ulong)frequencies[aliases[bucket]] << 48;
        }
    }

    /// <summary>Writes the look-up tables of <see cref="RansEncodeIndexed"/>.</summary>
    /// <param name="symbols">Shape [256].</param>
    /// <param name="chunks">Shape [2048].</param>
    /// <param name="pieces">Shape [512].</param>
    /// <param name="firstPiece">The number in the set of <paramref name="pieces"/>[0].</param>
    public void WriteEncoding(Span<ulong> symbols, Span<ulong> chunks, Span<ushort> pieces, int firstPiece)
    {
        Span<ushort> starts = stackalloc ushort[RansEncodeIndexed.Pieces];
        int start = 0;
        int count = 0;
        for (int code = 0; code < Buckets; code++)
        {
            symbols[code] = RansEncodeStatic.Entry(frequencies[code], (ushort)start);
            int end = start + slots[code];
            if (dividers[code] > 0)
            {
                Add(pieces, starts, code, remainder: 0, dividers[code]);
            }

            for (int bucket = 0; start < end; bucket++)
            {
                if (aliases[bucket] == code && dividers[bucket] < Buckets)
                {
                    Add(pieces, starts, bucket, dividers[bucket], Buckets - dividers[bucket]);
                }
            }
        }

        WriteChunks(starts[..count], chunks, firstPiece);

        void Add(Span<ushort> pieces, Span<ushort> starts, int bucket, int remainder, int length)
        {
            starts[count] = (ushort)start;
            pieces[count++] = (ushort)(bucket + ((remainder - start) << 8));
            start += length;
        }
    }

    /// <summary>Writes where the pieces begin: for each chunk a bit a position, and the piece before.</summary>
    static void WriteChunks(ReadOnlySpan<ushort> starts, Span<ulong> chunks, int firstPiece)
    {
        int piece = 0;
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            uint begins = 0;
            uint before = (uint)(firstPiece + piece - 1);
            for (; piece < starts.Length && starts[piece] / RansEncodeIndexed.ChunkPositions == chunk; piece++)
            {
                begins |= 1u << (starts[piece] % RansEncodeIndexed.ChunkPositions);
            }

            chunks[chunk] = begins | (ulong)before << 32;
        }
    }

    /// <summary>Writes the look-up tables of <see cref="RansEncodeStatic"/>.</summary>
    /// <param name="symbols">Shape [256].</param>
    /// <param name="positions">Shape [65536]: the slot of each position.</param>
    public void WriteSlots(Span<ulong> symbols, Span<ushort> positions)
    {
        Span<int> starts = stackalloc int[Buckets];
        int start = 0;
        for (int code = 0; code < Buckets; code++)
        {
            symbols[code] = RansEncodeStatic.Entry(frequencies[code], (ushort)start);
            starts[code] = start;
            start += slots[code];
        }

        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            int divider = dividers[bucket];
            FillSlots(positions.Slice(starts[bucket], divider), bucket);
            FillSlots(positions.Slice(starts[aliases[bucket]] + firstRanks[bucket], Buckets - divider), bucket + (divider << 8));
        }
    }

    /// <summary>Writes the slots of neighbouring remainders of a bucket.</summary>
    static void FillSlots(Span<ushort> positions, int slot)
    {
        var slots = new Vector<ushort>((ushort)slot) + (Vector<ushort>.Indices << 8);
        for (; positions.Length >= Vector<ushort>.Count; positions = positions[Vector<ushort>.Count..])
        {
            slots.CopyTo(positions);
            slots += new Vector<ushort>((ushort)(Vector<ushort>.Count << 8));
        }

        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = slots[i];
        }
    }
}
