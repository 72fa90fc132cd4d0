using System.Diagnostics;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Streams;

/// <summary>Writes a stream: the magic, then packets.</summary>
/// <remarks>docs/format.md, section 1. Used for one stream after another; its memory is used again.</remarks>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class PacketWriter(BufferAllocator? allocator = null) : IDisposable
{
    const int HeadBytes = 4 + ByteWriter.MaxVarintBytes;

    AlignedBuffer<byte> stream = new(0, allocator);
    int written;

    /// <summary>The most bytes that a packet of this payload takes.</summary>
    public static long MaxBytes(long payloadBytes) => HeadBytes + payloadBytes + sizeof(uint);

    /// <summary>Packets written so far.</summary>
    public int Count { get; private set; }

    /// <summary>The stream so far; good until more is written.</summary>
    public ReadOnlySpan<byte> Stream => stream.Span[..written];

    /// <summary>Forgets the stream so far: another begins.</summary>
    public void Clear() => (written, Count) = (0, 0);

    /// <summary>Makes room for a stream of this length, so that writing it moves nothing. Only at the beginning of one.</summary>
    public void Reserve(long bytes) => stream.Reserve(bytes > Array.MaxLength ? throw TooLong() : (int)bytes);

    /// <summary>Appends a packet whose payload is two parts, one behind the other.</summary>
    public void Write(PacketType type, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest = default)
    {
        if (written == 0)
        {
            PacketReader.Magic.CopyTo(Room(PacketReader.Magic.Length));
            written = PacketReader.Magic.Length;
        }

        int length = payload.Length + rest.Length;
        Span<byte> target = Room(MaxBytes(length));
        var writer = new ByteWriter(target);
        bool fits = writer.TryWriteU16(Packet.Mark) && writer.TryWriteU8((byte)type) && writer.TryWriteU8(0)
            && writer.TryWriteVarint((ulong)length) && writer.TryWriteBytes(payload) && writer.TryWriteBytes(rest)
            && writer.TryWriteU32(Crc32C.Run(0, target[sizeof(ushort)..writer.Written]));
        Debug.Assert(fits);
        written += writer.Written;
        Count++;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    Span<byte> Room(long bytes)
    {
        long least = written + bytes;
        if (least > stream.Count)
        {
            var larger = new AlignedBuffer<byte>(0, allocator);
            larger.Reserve((int)Math.Min(Math.Max(least, 2L * stream.Count), least > Array.MaxLength ? throw TooLong() : Array.MaxLength));
            Stream.CopyTo(larger.Span);
            stream.Dispose();
            stream = larger;
        }

        return stream.Span[written..];
    }

    static InsufficientMemoryException TooLong() => new("A stream of over 2 GiB does not fit memory.");
}
