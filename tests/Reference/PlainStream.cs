namespace Lacuna.Tests.Reference;

/// <summary>A stream taken apart: docs/format.md, sections 1 to 3.</summary>
sealed class PlainStream
{
    const int RegionSide = 64;

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Layout { get; private set; }

    /// <summary>0 to 9.</summary>
    public double Level { get; private set; }

    public ulong Model { get; private set; }

    public int Rows => (Height + 15) / 16;

    public int Columns => (Width + 15) / 16;

    public int RegionColumns => (Columns + RegionSide - 1) / RegionSide;

    public int RegionCount => RegionColumns * ((Rows + RegionSide - 1) / RegionSide);

    public bool HasAlpha => Layout is 2 or 4;

    /// <summary>The regions' symbols, in order.</summary>
    public List<byte[]> Regions { get; } = [];

    public byte[]? Alpha { get; private set; }

    public static PlainStream Read(byte[] bytes)
    {
        var reader = new PlainBytes(bytes);
        PlainFault.Unless(reader.Take(4).SequenceEqual((ReadOnlySpan<byte>)[0x4C, 0x41, 0x43, 0x8A]), "magic");
        var stream = new PlainStream();
        (byte type, byte[] payload) = Packet(ref reader);
        PlainFault.Unless(type == 1, "no header");
        stream.ReadHeader(payload);
        while (!reader.AtEnd)
        {
            (type, payload) = Packet(ref reader);
            if (type < 64)
            {
                stream.Take(type, payload);
            }
        }

        PlainFault.Unless(stream.Regions.Count == stream.RegionCount && stream.HasAlpha == stream.Alpha is not null, "packets are missing");
        return stream;
    }

    static (byte Type, byte[] Payload) Packet(ref PlainBytes reader)
    {
        PlainFault.Unless(reader.U16() == 0x4CB7, "mark");
        PlainBytes checkedPart = reader;
        byte type = reader.U8(), layer = reader.U8();
        byte[] payload = reader.Take(reader.Varint()).ToArray();
        uint check = Crc32C(checkedPart.Take((ulong)(reader.Position - checkedPart.Position)));
        PlainFault.Unless(reader.U32() == check, "check");
        PlainFault.Unless(layer == 0, "layer");
        return (type, payload);
    }

    void ReadHeader(byte[] payload)
    {
        var fields = new PlainBytes(payload);
        PlainFault.Unless(fields.U8() == 0, "version");
        Layout = fields.U8();
        (ulong width, ulong height, uint level) = (fields.Varint(), fields.Varint(), fields.U16());
        Model = fields.U64();
        PlainFault.Unless(fields.AtEnd, "bytes after the header");
        PlainFault.Unless(Layout is >= 1 and <= 4 && level <= 2304, "layout or level");
        PlainFault.Unless(width is >= 1 and <= 65535 && height is >= 1 and <= 65535, "width or height");
        (Width, Height, Level) = ((int)width, (int)height, level / 256.0);
    }

    void Take(byte type, byte[] payload)
    {
        if (type == 2)
        {
            var region = new PlainBytes(payload);
            bool wanted = Alpha is null && Regions.Count < RegionCount;
            PlainFault.Unless(wanted && region.Varint() == (ulong)Regions.Count, "region out of place");
            Regions.Add(region.Rest.ToArray());
        }
        else
        {
            PlainFault.Unless(type == 3 && HasAlpha && Alpha is null && Regions.Count == RegionCount, "packet out of place");
            Alpha = payload;
        }
    }

    static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
            }
        }

        return ~crc;
    }
}
