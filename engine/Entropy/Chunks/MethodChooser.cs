using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Picks the method that promises the fewest bytes for a chunk, from samples of it.</summary>
/// <remarks>
/// <para>
/// A sample is eight pieces of 2 KiB, evenly spread; a chunk of up to 16 KiB is its own sample. What each method would make of it:
/// </para>
/// <code>
///   stored     its length
///   rANS       the entropy of its bytes, and a table
///   floats     the same of each plane after FloatSplit, for widths 2 and 4; a plane that does not shrink counts as stored
///   adaptive   the entropy of each piece by itself: what a coder reaches whose counts follow the data
///   LZ4        the block of two pieces of 8 KiB, or of the whole sample
/// </code>
/// <para>
/// The fastest to decode wins unless another saves more than it costs: floats must save 1 % of what is next best and the adaptive
/// coder, which decodes twenty times slower, 5 %.
/// </para>
/// </remarks>
sealed class MethodChooser
{
    const int Pieces = 8;
    const int PieceBytes = 2 << 10;
    const int SampleBytes = Pieces * PieceBytes;
    const int LongPieceBytes = SampleBytes / 2;

    /// <summary>Bits of a table for each value that occurs, about.</summary>
    const int TableBits = 9;

    /// <summary>Bits that learning a value costs the adaptive coder, about.</summary>
    const int LearningBits = 6;

    readonly byte[] sample = new byte[SampleBytes];
    readonly byte[] planes = new byte[SampleBytes];
    readonly byte[] block = new byte[Lz4Block.MaxEncodedBytes(SampleBytes)];

    /// <summary>Picks a method.</summary>
    /// <param name="chunk">1 byte or more.</param>
    /// <param name="lz4Level">Level that LZ4 would work at.</param>
    /// <param name="kind">Receives the kind of floats, where it is floats: any of 2 bytes counts as bfloat16.</param>
    public ChunkMethod Choose(ReadOnlySpan<byte> chunk, int lz4Level, out FloatKind kind)
    {
        kind = FloatKind.BFloat16;
        ReadOnlySpan<byte> pooled = Sample(chunk);
        long whole = chunk.Length * 8L;
        ChunkMethod best = ChunkMethod.Stored;
        long least = whole;
        Consider(ChunkMethod.Rans, Scaled(Coded(pooled, out int tableBits), pooled, chunk) + tableBits, 100, ref best, ref least);
        foreach (FloatKind candidate in (ReadOnlySpan<FloatKind>)[FloatKind.BFloat16, FloatKind.Float32])
        {
            if (Consider(ChunkMethod.Floats, FloatBits(pooled, chunk, candidate.Width()), 99, ref best, ref least))
            {
                kind = candidate;
            }
        }

        if (Lz4Block.IsAvailable)
        {
            Consider(ChunkMethod.Lz4, Lz4Bits(chunk, lz4Level), 100, ref best, ref least);
        }

        Consider(ChunkMethod.Adaptive, Scaled(PieceBits(pooled), pooled, chunk), 95, ref best, ref least);
        return best;
    }

    /// <summary>Whether a plane of floats is worth a table.</summary>
    public ChunkMethod ForPlane(ReadOnlySpan<byte> plane)
    {
        ReadOnlySpan<byte> pooled = Sample(plane);
        long bits = Scaled(Coded(pooled, out int tableBits), pooled, plane) + tableBits;
        return bits < WorthCoding(plane.Length) ? ChunkMethod.Rans : ChunkMethod.Stored;
    }

    /// <summary>Bits below which rANS beats bytes as they are: 2 % are what its time is worth.</summary>
    static long WorthCoding(int count) => count * 8L * 98 / 100;

    static bool Consider(ChunkMethod method, long bits, int percent, ref ChunkMethod best, ref long least)
    {
        bool better = bits * 100 < least * percent;
        (best, least) = better ? (method, bits) : (best, least);
        return better;
    }

    ReadOnlySpan<byte> Sample(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length <= SampleBytes)
        {
            return chunk;
        }

        for (int i = 0; i < Pieces; i++)
        {
            // At multiples of 4, so that floats stay whole.
            int at = (int)((long)(chunk.Length - PieceBytes) * i / (Pieces - 1)) & ~3;
            chunk.Slice(at, PieceBytes).CopyTo(sample.AsSpan(i * PieceBytes));
        }

        return sample;
    }

    static long Scaled(long bits, ReadOnlySpan<byte> sample, ReadOnlySpan<byte> chunk) => bits * chunk.Length / sample.Length;

    static long Coded(ReadOnlySpan<byte> sample, out int tableBits)
    {
        long bits = ByteEntropy.Bits(sample, out int used) >> 16;
        tableBits = used * TableBits;
        return bits;
    }

    static long PieceBits(ReadOnlySpan<byte> sample)
    {
        long bits = 0;
        int most = 0;
        for (int at = 0; at < sample.Length; at += PieceBytes)
        {
            bits += ByteEntropy.Bits(sample.Slice(at, Math.Min(PieceBytes, sample.Length - at)), out int used) >> 16;
            most = Math.Max(most, used);
        }

        return bits + (most * LearningBits);
    }

    long FloatBits(ReadOnlySpan<byte> pooled, ReadOnlySpan<byte> chunk, int width)
    {
        int count = pooled.Length / width;
        if (count == 0)
        {
            return long.MaxValue / 1000;
        }

        Span<byte> split = planes.AsSpan(0, count * width);
        FloatSplit.Run(pooled[..split.Length], width, split);
        long sum = 8L * 16;
        for (int i = 0; i < width; i++)
        {
            long bits = Scaled(Coded(split.Slice(i * count, count), out int tableBits), split, chunk) + tableBits;
            long stored = chunk.Length * 8L / width;
            sum += bits < WorthCoding(chunk.Length / width) ? bits : stored;
        }

        return sum;
    }

    long Lz4Bits(ReadOnlySpan<byte> chunk, int level)
    {
        int pieces = chunk.Length <= SampleBytes ? 1 : 2;
        int bytes = chunk.Length <= SampleBytes ? chunk.Length : LongPieceBytes;
        long sum = 0;
        for (int i = 0; i < pieces; i++)
        {
            ReadOnlySpan<byte> piece = chunk.Slice(i * (chunk.Length - bytes), bytes);
            Lz4Block.Encode(piece, block, level, out int written);
            sum += written * 8L;
        }

        return sum * chunk.Length / (pieces * bytes);
    }
}
