using Lacuna.Kernels;
using Lacuna.Streams;

namespace Lacuna.Codecs.Images;

/// <summary>Cuts bytes that arrive in any pieces into the streams of pictures, one behind the other.</summary>
/// <remarks>
/// <para>
/// A stream ends with the last packet that its header calls for; optional packets behind it are passed over. Damage costs the picture
/// it is in: the queue goes on at the next magic. Packets' checksums are tested as they arrive, each once.
/// </para>
/// <para>docs/format.md, sections 1 and 8. Allocates nothing once its memory has grown to the longest stream.</para>
/// </remarks>
/// <typeparam name="TTag">What the caller knows of a piece.</typeparam>
/// <param name="maxPixels">The stream of a larger picture is refused as soon as its header is read.</param>
/// <param name="maxBytes">Bytes that may wait.</param>
/// <param name="allocator">Where the bytes lie; null: the system's.</param>
public sealed class StreamQueue<TTag>(long maxPixels, long maxBytes, BufferAllocator? allocator = null) : IDisposable
{
    const int LeastBytes = 1 << 16;

    readonly List<Piece> pieces = [];
    AlignedBuffer<byte>? buffer;
    int begin; // of the stream in front
    int scanned; // all before this was looked at
    int end;
    int missing; // packets that the stream in front still wants
    long dropped; // bytes that were in front of the buffer's first

    /// <summary>What the stream in front has come to.</summary>
    /// <value>
    /// <see cref="StreamStatus.Done"/>: it is whole. <see cref="StreamStatus.Truncated"/>: it wants more bytes. Anything else: it is
    /// damaged, or larger than allowed, and <see cref="Drop"/> passes over it.
    /// </value>
    public StreamStatus Front { get; private set; } = StreamStatus.Truncated;

    /// <summary>Whether no byte waits.</summary>
    public bool IsEmpty => begin == end;

    /// <summary>The bytes of the stream in front; valid until the next call.</summary>
    public ReadOnlySpan<byte> Stream => Bytes[begin..scanned];

    /// <summary>The mark of the piece in which the stream in front begins, and how far into the piece that is.</summary>
    public (TTag? Tag, long Into) Origin
    {
        get
        {
            int index = PieceAt(dropped + begin);
            return index < 0 ? (default, 0) : (pieces[index].Tag, dropped + begin - pieces[index].Start);
        }
    }

    Span<byte> Bytes => buffer is null ? [] : buffer.Span[..end];

    /// <summary>Adds a piece.</summary>
    /// <param name="piece">Copied.</param>
    /// <param name="tag">The caller's mark on it, for <see cref="Origin"/>.</param>
    /// <returns>
    /// <see cref="StreamStatus.Done"/>, or <see cref="StreamStatus.LimitExceeded"/>, and then all that waited is dropped.
    /// </returns>
    /// <exception cref="OutOfMemoryException">There is no memory for it; nothing has changed.</exception>
    public StreamStatus Append(ReadOnlySpan<byte> piece, TTag tag)
    {
        if (end - begin + (long)piece.Length > Math.Min(maxBytes, Array.MaxLength))
        {
            Clear();
            return StreamStatus.LimitExceeded;
        }

        if (piece.IsEmpty)
        {
            return StreamStatus.Done;
        }

        MakeRoom(piece.Length);
        pieces.Add(new Piece(dropped + end, tag));
        piece.CopyTo(buffer!.Span[end..]);
        end += piece.Length;
        Scan();
        return StreamStatus.Done;
    }

    /// <summary>Passes over the stream in front, whole or not.</summary>
    public void Drop()
    {
        if (Front == StreamStatus.Done)
        {
            begin = scanned;
        }
        else if (begin < end)
        {
            // What damaged bytes say of their length is not to be believed: the next magic counts.
            begin += Bytes[begin..].StartsWith(PacketReader.Magic) ? PacketReader.Magic.Length : 1;
            begin += NextMagic(Bytes[begin..]);
        }

        (scanned, missing, Front) = (begin, 0, StreamStatus.Truncated);
        if (IsEmpty)
        {
            Clear();
        }

        Scan();
    }

    /// <summary>The same where no more bytes will come: a rest that is too short to be a stream goes too.</summary>
    public void DropLast()
    {
        Drop();
        if (end - begin < PacketReader.Magic.Length)
        {
            Clear();
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        (begin, scanned, end, missing, dropped, Front) = (0, 0, 0, 0, 0, StreamStatus.Truncated);
        pieces.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => buffer?.Dispose();

    void MakeRoom(int more)
    {
        int waiting = end - begin;
        if (buffer is null || buffer.Count < waiting + (long)more)
        {
            long wanted = Math.Min(Math.Max(Math.Max(LeastBytes, 2L * (buffer?.Count ?? 0)), waiting + (long)more), Array.MaxLength);
            var larger = new AlignedBuffer<byte>((int)wanted, allocator);
            Bytes[begin..].CopyTo(larger.Span);
            buffer?.Dispose();
            buffer = larger;
        }
        else if (buffer.Count - end < more)
        {
            Bytes[begin..].CopyTo(buffer.Span);
        }
        else
        {
            return;
        }

        dropped += begin;
        (begin, scanned, end) = (0, scanned - begin, waiting);
        pieces.RemoveRange(0, Math.Max(0, PieceAt(dropped)));
    }

    /// <summary>The last piece that begins at or before a byte, counted from the first of all; -1 where there is none.</summary>
    int PieceAt(long position)
    {
        int index = pieces.Count - 1;
        while (index >= 0 && pieces[index].Start > position)
        {
            index--;
        }

        return index;
    }

    /// <summary>Looks at what has not been looked at.</summary>
    void Scan()
    {
        while (Front == StreamStatus.Truncated && scanned < end)
        {
            StreamStatus status = scanned == begin ? EnterStream() : PassPacket();
            if (status == StreamStatus.Truncated)
            {
                return;
            }

            if (status != StreamStatus.Done)
            {
                Front = status;
            }
        }
    }

    StreamStatus EnterStream()
    {
        ReadOnlySpan<byte> rest = Bytes[begin..];
        StreamStatus status = PacketReader.CheckMagic(rest);
        if (status == StreamStatus.NotAStream)
        {
            return PassOptional(rest);
        }

        if (status == StreamStatus.Done)
        {
            status = ImageStream.ReadHeader(rest, out ImageHeader header, out int consumed);
            if (status == StreamStatus.Done)
            {
                missing = header.Grid.Regions + (header.HasAlpha ? 1 : 0);
                scanned = begin + consumed;
                status = header.Pixels > maxPixels ? StreamStatus.LimitExceeded : status;
            }
        }

        return status;
    }

    StreamStatus PassPacket()
    {
        var reader = new PacketReader(Bytes[scanned..], 0);
        StreamStatus status = reader.Next(out Packet packet);
        if (status == StreamStatus.Done)
        {
            scanned += reader.Position;
            missing -= packet.Type < PacketType.FirstOptional ? 1 : 0;
            Front = missing == 0 ? StreamStatus.Done : Front;
        }

        return status;
    }

    /// <summary>Between streams only optional packets of the former one may lie.</summary>
    StreamStatus PassOptional(ReadOnlySpan<byte> rest)
    {
        var reader = new PacketReader(rest, 0);
        StreamStatus status = reader.Next(out Packet packet);
        if (status == StreamStatus.Done && packet.Type >= PacketType.FirstOptional)
        {
            begin = scanned = begin + reader.Position;
            return StreamStatus.Done;
        }

        return status == StreamStatus.Truncated ? status : StreamStatus.NotAStream;
    }

    /// <summary>How far it is to the next magic, or to what may become one.</summary>
    static int NextMagic(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOf(PacketReader.Magic);
        if (at >= 0)
        {
            return at;
        }

        for (int tail = Math.Min(PacketReader.Magic.Length - 1, bytes.Length); tail > 0; tail--)
        {
            if (PacketReader.Magic.StartsWith(bytes[^tail..]))
            {
                return bytes.Length - tail;
            }
        }

        return bytes.Length;
    }

    /// <summary>Where a piece began, counted from the first byte of all, and the caller's mark.</summary>
    readonly record struct Piece(long Start, TTag Tag);
}
