using Lacuna.Bits;
using Lacuna.Streams;

namespace Lacuna.Codecs.Images;

/// <summary>A picture's stream taken apart: the header, and where each region's symbols and the alpha plane lie.</summary>
/// <remarks>docs/format.md, sections 1, 2, 3 and 8.</remarks>
sealed class ImageStream
{
    ImageStream(ImageHeader header, Packet[] regions, Packet? alpha) => (Header, Regions, Alpha) = (header, regions, alpha);

    public ImageHeader Header { get; }

    /// <summary>One a region, in order; a packet's payload here is the symbols alone.</summary>
    public Packet[] Regions { get; }

    public Packet? Alpha { get; }

    /// <summary>Reads the header alone.</summary>
    public static StreamStatus ReadHeader(ReadOnlySpan<byte> stream, out ImageHeader header) => ReadHeader(stream, out header, out _);

    /// <summary>Reads the header alone, and tells where the packets behind it begin.</summary>
    public static StreamStatus ReadHeader(ReadOnlySpan<byte> stream, out ImageHeader header, out int consumed)
    {
        var reader = new PacketReader(stream);
        StreamStatus status = ReadHeader(stream, ref reader, out header);
        consumed = reader.Position;
        return status;
    }

    /// <summary>Takes a whole stream apart. Nothing is allocated for the picture yet.</summary>
    /// <param name="stream">All its bytes.</param>
    /// <param name="maxPixels">Larger pictures are refused.</param>
    /// <param name="model">The model that the decoder holds.</param>
    /// <param name="contents">The result; null unless the status is <see cref="StreamStatus.Done"/>.</param>
    public static StreamStatus Open(ReadOnlySpan<byte> stream, long maxPixels, ulong model, out ImageStream? contents)
    {
        contents = null;
        var reader = new PacketReader(stream);
        StreamStatus status = ReadHeader(stream, ref reader, out ImageHeader header);
        if (status != StreamStatus.Done)
        {
            return status;
        }

        if (header.Model != model)
        {
            return StreamStatus.UnknownModel;
        }

        if (header.Pixels > maxPixels || header.Pixels * (int)header.Layout > Array.MaxLength)
        {
            return StreamStatus.LimitExceeded;
        }

        var regions = new List<Packet>();
        Packet? alpha = null;
        while (!reader.AtEnd)
        {
            status = reader.Next(out Packet packet);
            if (status == StreamStatus.Done && packet.Type < PacketType.FirstOptional)
            {
                status = Take(stream, header, packet, regions, ref alpha);
            }

            if (status != StreamStatus.Done)
            {
                return status;
            }
        }

        if (regions.Count < header.Grid.Regions || header.HasAlpha != alpha.HasValue)
        {
            return StreamStatus.Truncated;
        }

        contents = new ImageStream(header, [.. regions], alpha);
        return StreamStatus.Done;
    }

    static StreamStatus ReadHeader(ReadOnlySpan<byte> stream, ref PacketReader reader, out ImageHeader header)
    {
        header = default;
        StreamStatus status = PacketReader.CheckMagic(stream);
        if (status == StreamStatus.Done)
        {
            status = reader.Next(out Packet packet);
            if (status == StreamStatus.Done)
            {
                status = packet.Type == PacketType.Header
                    ? ImageHeader.Read(packet.PayloadOf(stream), out header)
                    : StreamStatus.InvalidData;
            }
        }

        return status;
    }

    static StreamStatus Take(ReadOnlySpan<byte> stream, ImageHeader header, Packet packet, List<Packet> regions, ref Packet? alpha)
    {
        if (packet.Type == PacketType.Region && alpha is null && regions.Count < header.Grid.Regions)
        {
            var payload = new ByteReader(packet.PayloadOf(stream));
            if (payload.TryReadVarint(out ulong index) && index == (ulong)regions.Count)
            {
                regions.Add(packet with { Offset = packet.Offset + payload.Consumed, Length = payload.Remaining.Length });
                return StreamStatus.Done;
            }
        }
        else if (packet.Type == PacketType.Alpha && alpha is null && header.HasAlpha && regions.Count == header.Grid.Regions)
        {
            alpha = packet;
            return StreamStatus.Done;
        }

        return StreamStatus.InvalidData;
    }
}
