using System.Buffers;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Decodes one chunk after another, with memory of its own: one for each worker.</summary>
sealed class ChunkDecoder
{
    ChunkScratch planes;
    StaticTable? table;

    /// <summary>Decodes a chunk whose check has been found right.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="body">Its body; any bytes.</param>
    /// <param name="destination">Receives the bytes, as many as the chunk declares.</param>
    /// <returns>Done, Unsupported, InvalidData or LibraryMissing.</returns>
    public CompressionStatus Decode(ChunkMethod method, ReadOnlySpan<byte> body, Span<byte> destination) =>
        method == ChunkMethod.Floats ? DecodeFloats(body, destination) : DecodeBytes(method, body, destination);

    CompressionStatus DecodeBytes(ChunkMethod method, ReadOnlySpan<byte> body, Span<byte> destination) => method switch
    {
        ChunkMethod.Stored => Valid(body.Length == destination.Length && body.TryCopyTo(destination)),
        ChunkMethod.Run => Valid(body.Length == 1 && TryFill(destination, body[0])),
        ChunkMethod.Rans => Valid(
            StaticRansDecoder.DecodeBlock(table ??= new StaticTable(), body, destination) == OperationStatus.Done),
        ChunkMethod.Adaptive => Valid(AdaptiveBytes.Decode(body, destination) == OperationStatus.Done),
        ChunkMethod.Lz4 => Lz4Block.Decode(body, destination, out int written) is var status && status == CompressionStatus.Done
            ? Valid(written == destination.Length)
            : status,
        _ => CompressionStatus.Unsupported,
    };

    CompressionStatus DecodeFloats(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        var reader = new ByteReader(body);
        if (!reader.TryReadU8(out byte kind) || !FloatKinds.IsKnown((FloatKind)kind))
        {
            return CompressionStatus.InvalidData;
        }

        int width = ((FloatKind)kind).Width();
        int count = destination.Length / width;
        Span<byte> room = planes.Get(width * count);
        Span<byte> floats = destination[..(width * count)];
        ReadOnlySpan<byte> third = default, fourth = default;
        CompressionStatus status = Plane(ref reader, room[..count], out ReadOnlySpan<byte> first);
        Continue(ref status, ref reader, room.Slice(count, count), out ReadOnlySpan<byte> second);
        if (width == 4)
        {
            Continue(ref status, ref reader, room.Slice(2 * count, count), out third);
            Continue(ref status, ref reader, room[(3 * count)..], out fourth);
        }

        if (status != CompressionStatus.Done)
        {
            return status;
        }

        FloatMerge.Run(width == 2 ? new FloatPlanes(first, second) : new FloatPlanes(first, second, third, fourth), floats);
        Span<byte> rest = destination[floats.Length..];
        return Valid(reader.Remaining.Length == rest.Length && reader.Remaining.TryCopyTo(rest));
    }

    void Continue(scoped ref CompressionStatus status, scoped ref ByteReader reader, Span<byte> room, out ReadOnlySpan<byte> plane)
    {
        plane = default;
        if (status == CompressionStatus.Done)
        {
            status = Plane(ref reader, room, out plane);
        }
    }

    /// <summary>Decodes a plane, or finds it in the body where it is stored: then nothing is copied.</summary>
    CompressionStatus Plane(scoped ref ByteReader reader, Span<byte> room, out ReadOnlySpan<byte> plane)
    {
        plane = default;
        if (!reader.TryReadU8(out byte method) || !reader.TryReadVarint(out ulong length) || length > int.MaxValue
            || !reader.TryReadBytes((int)length, out ReadOnlySpan<byte> coded))
        {
            return CompressionStatus.InvalidData;
        }

        if ((ChunkMethod)method == ChunkMethod.Stored)
        {
            plane = coded;
            return Valid(coded.Length == room.Length);
        }

        plane = room;
        return DecodeBytes((ChunkMethod)method, coded, room);
    }

    static CompressionStatus Valid(bool valid) => valid ? CompressionStatus.Done : CompressionStatus.InvalidData;

    static bool TryFill(Span<byte> destination, byte value)
    {
        destination.Fill(value);
        return true;
    }
}
