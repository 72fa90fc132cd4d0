using Lacuna.Bits;
using Lacuna.Codecs.Images.Model;
using Lacuna.Streams;

namespace Lacuna.Codecs.Images;

/// <summary>A picture's stream taken apart: the header, and where each region's symbols and the alpha plane lie.</summary>
/// <remarks>docs/format.md, sections 1, 2, 3 and 8. Used for one stream after another; its memory is used again.</remarks>
sealed class ImageStream
{
    Packet[] regions = [];
    int count;

    public ImageHeader Header { get; private set; }

    /// <summary>One a region, in order; a packet's payload here is the symbols alone.</summary>
    public ReadOnlySpan<Packet> Regions => regions.AsSpan(0, count);

    public Packet? Alpha { get; private set; }

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
    /// <param name="models">The models that the decoder holds.</param>
    public StreamStatus Open(ReadOnlySpan<byte> stream, long maxPixels, ModelShelf models)
    {
        (count, Alpha) = (0, null);
        var reader = new PacketReader(stream);
        StreamStatus status = ReadHeader(stream, ref reader, out ImageHeader header);
        Header = header;
        if (status != StreamStatus.Done)
        {
            return status;
        }

        if (!models.Has(header.Model))
        {
            return StreamStatus.UnknownModel;
        }

        if (header.Pixels > maxPixels || header.Pixels * (int)header.Layout > Array.MaxLength)
        {
            return StreamStatus.LimitExceeded;
        }

        while (!reader.AtEnd && status == StreamStatus.Done)
        {
            status = reader.Next(out Packet packet);
            if (status == StreamStatus.Done && packet.Type < PacketType.FirstOptional)
            {
                status = Take(stream, packet);
            }
        }

        bool whole = count == header.Grid.Regions && header.HasAlpha == Alpha.HasValue;
        return status != StreamStatus.Done ? status : whole ? StreamStatus.Done : StreamStatus.Truncated;
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

    StreamStatus Take(ReadOnlySpan<byte> stream, Packet packet)
    {
        int expected = Header.Grid.Regions;
        if (packet.Type == PacketType.Region && Alpha is null && count < expected)
        {
            var payload = new ByteReader(packet.PayloadOf(stream));
            if (payload.TryReadVarint(out ulong index) && index == (ulong)count)
            {
                if (count == regions.Length)
                {
                    Array.Resize(ref regions, Math.Min(expected, 2 * count + 4));
                }

                regions[count++] = packet with { Offset = packet.Offset + payload.Consumed, Length = payload.Remaining.Length };
                return StreamStatus.Done;
            }
        }
        else if (packet.Type == PacketType.Alpha && Alpha is null && Header.HasAlpha && count == expected)
        {
            Alpha = packet;
            return StreamStatus.Done;
        }

        return StreamStatus.InvalidData;
    }
}
