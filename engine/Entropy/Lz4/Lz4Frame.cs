using System.Buffers.Binary;

namespace Lacuna.Entropy;

/// <summary>The LZ4 frame format: the files of the program <c>lz4</c>.</summary>
/// <remarks>
/// Frames are made with independent blocks of up to 4 MiB, the content's size and its checksum; all that the library reads is read,
/// also several frames in a row and frames to be passed over.
/// <para>Source: LZ4 1.9.4, doc/lz4_Frame_format.md.</para>
/// </remarks>
public static unsafe class Lz4Frame
{
    const uint FrameMagic = 0x184D2204;
    const int ContentSizeFlag = 1 << 3;
    const int BlockOf4MiB = 7;

    /// <summary>Whether bytes begin as a frame does.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> source) =>
        BinaryPrimitives.TryReadUInt32LittleEndian(source, out uint magic) && magic == FrameMagic;

    /// <summary>The content's size that a frame's head tells.</summary>
    /// <returns>Bytes, or -1 where it tells none. A claim of the data: check it against a limit before it is believed.</returns>
    public static long ContentBytes(ReadOnlySpan<byte> source) =>
        IsFrame(source) && source.Length >= 14 && (source[4] & ContentSizeFlag) != 0
            ? (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(source[6..]), long.MaxValue)
            : -1;

    /// <summary>Bytes that always hold the frame of <paramref name="count"/> bytes.</summary>
    public static long MaxEncodedBytes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        // 19 of the longest head, 4 before each block, 8 at the end.
        return 27 + count + (4L * ((count >> 22) + 1));
    }

    /// <summary>Makes a frame.</summary>
    /// <param name="source">The content.</param>
    /// <param name="destination">
    /// Receives the frame from index 0; must not overlap the source. <see cref="MaxEncodedBytes"/> bytes always suffice; the library
    /// refuses less than its own bound even where the frame would fit.
    /// </param>
    /// <param name="level">0: fast; 1 to <see cref="Lz4Block.MaxLevel"/>: smaller and slower.</param>
    /// <param name="written">Bytes of the frame; 0 unless the result is Done.</param>
    /// <inheritdoc cref="Lz4Block.Encode" path="/returns"/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public static CompressionStatus Encode(ReadOnlySpan<byte> source, Span<byte> destination, int level, out int written)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, Lz4Block.MaxLevel);
        written = 0;
        if (!Lz4Block.IsAvailable)
        {
            return CompressionStatus.LibraryMissing;
        }

        var preferences = new Lz4FramePreferences
        {
            BlockSizeId = BlockOf4MiB,
            BlockIndependent = 1,
            ContentChecksum = 1,
            ContentSize = (ulong)source.Length,
            CompressionLevel = level,
        };
        nuint bytes;
        fixed (byte* from = &Lz4Block.Start(source), to = &Lz4Block.Start(destination))
        {
            bytes = Lz4Library.CompressFrame(to, (nuint)destination.Length, from, (nuint)source.Length, &preferences);
        }

        bool done = !Lz4Library.IsError(bytes);
        written = done ? (int)bytes : 0;
        return done ? CompressionStatus.Done : CompressionStatus.DestinationTooSmall;
    }

    /// <summary>Reads frames.</summary>
    /// <param name="source">Frames and nothing after them; any bytes.</param>
    /// <param name="destination">Receives the content; must not overlap the source.</param>
    /// <param name="written">Bytes of the content that were written, also where the result is not Done.</param>
    /// <param name="consumed">Bytes of the source that were read: about where a fault lies.</param>
    /// <returns>
    /// <see cref="CompressionStatus.Done"/>, <see cref="CompressionStatus.DestinationTooSmall"/>,
    /// <see cref="CompressionStatus.Truncated"/>, <see cref="CompressionStatus.InvalidData"/> or
    /// <see cref="CompressionStatus.LibraryMissing"/>.
    /// </returns>
    /// <exception cref="OutOfMemoryException">There is no memory for the library's buffers, 8 MiB at most.</exception>
    public static CompressionStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int written, out int consumed)
    {
        (written, consumed) = (0, 0);
        if (!Lz4Block.IsAvailable)
        {
            return CompressionStatus.LibraryMissing;
        }

        nint context = Lz4Library.CreateContext();
        try
        {
            nuint expected;
            do
            {
                nuint taken = (nuint)(source.Length - consumed), given = (nuint)(destination.Length - written);
                fixed (byte* from = &Lz4Block.Start(source[consumed..]), to = &Lz4Block.Start(destination[written..]))
                {
                    expected = Lz4Library.DecompressFrame(context, to, &given, from, &taken, null);
                }

                if (Lz4Library.IsError(expected))
                {
                    return CompressionStatus.InvalidData;
                }

                written += (int)given;
                consumed += (int)taken;
                if (given == 0 && taken == 0)
                {
                    break;
                }
            }
            while (expected != 0 || consumed < source.Length);
            return expected == 0 ? CompressionStatus.Done
                : consumed == source.Length ? CompressionStatus.Truncated
                : CompressionStatus.DestinationTooSmall;
        }
        finally
        {
            Lz4Library.FreeContext(context);
        }
    }
}
