namespace Lacuna.Tests.Reference;

/// <summary>A decoder of payloads, written from docs/format.md, section 11, and shared with nothing.</summary>
static class PlainPayload
{
    public static byte[] Decode(byte[] payload)
    {
        var bytes = new PlainBytes(payload);
        PlainFault.Unless(bytes.Take(5).SequenceEqual((byte[])[0x4C, 0x41, 0x43, 0x9A, 0]), "magic or version");
        List<byte> content = [];
        while (true)
        {
            int start = bytes.Position;
            byte method = bytes.U8();
            ulong count = bytes.Varint();
            byte[] body = bytes.Take(bytes.Varint()).ToArray();
            uint check = Check(payload.AsSpan(start, bytes.Position - start));
            PlainFault.Unless(check == bytes.U32(), "check");
            if (method == 0)
            {
                PlainFault.Unless(count == (ulong)content.Count && body.Length == 0 && bytes.AtEnd, "end");
                return [.. content];
            }

            PlainFault.Unless(count > 0, "an empty chunk");
            content.AddRange(method == 6 ? Floats(body, (int)count) : Bytes(method, body, (int)count));
        }
    }

    static byte[] Bytes(byte method, byte[] body, int count)
    {
        byte[] content = method switch
        {
            1 => body,
            2 => Run(body, count),
            3 => PlainStatic.Decode(body, count),
            4 => PlainAdaptiveBytes.Decode(body, count),
            5 => Lz4(body),
            _ => throw new InvalidDataException("method"),
        };
        PlainFault.Unless(content.Length == count, "count");
        return content;
    }

    static byte[] Run(byte[] body, int count)
    {
        PlainFault.Unless(body.Length == 1, "a run of other than one byte");
        return [.. Enumerable.Repeat(body[0], count)];
    }

    static byte[] Floats(byte[] body, int count)
    {
        var bytes = new PlainBytes(body);
        byte kind = bytes.U8();
        PlainFault.Unless(kind is 1 or 2 or 3, "kind");
        int width = kind == 3 ? 4 : 2;
        var planes = new byte[width][];
        for (int i = 0; i < width; i++)
        {
            byte method = bytes.U8();
            planes[i] = Bytes(method, bytes.Take(bytes.Varint()).ToArray(), count / width);
        }

        List<byte> content = [];
        for (int i = 0; i < count / width; i++)
        {
            ulong number = 0;
            foreach (byte[] plane in planes)
            {
                number = number << 8 | plane[i];
            }

            number = number >> 1 | (number & 1) << (8 * width - 1);
            for (int k = 0; k < width; k++)
            {
                content.Add((byte)(number >> (8 * k)));
            }
        }

        content.AddRange(bytes.Rest);
        return [.. content];
    }

    /// <summary>An LZ4 block, after lz4_Block_format.md.</summary>
    static byte[] Lz4(byte[] block)
    {
        var bytes = new PlainBytes(block);
        List<byte> content = [];
        while (true)
        {
            byte token = bytes.U8();
            int literals = Length(ref bytes, token >> 4);
            content.AddRange(bytes.Take((ulong)literals));
            if (bytes.AtEnd)
            {
                return [.. content];
            }

            int offset = (int)bytes.U16();
            PlainFault.Unless(offset > 0 && offset <= content.Count, "offset");
            int match = Length(ref bytes, token & 15) + 4;
            for (int i = 0; i < match; i++)
            {
                content.Add(content[^offset]);
            }
        }

        static int Length(ref PlainBytes bytes, int length)
        {
            byte more = length == 15 ? (byte)255 : (byte)0;
            while (more == 255)
            {
                more = bytes.U8();
                length += more;
            }

            return length;
        }
    }

    static uint Check(ReadOnlySpan<byte> bytes)
    {
        uint register = uint.MaxValue;
        foreach (byte value in bytes)
        {
            register ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                register = register >> 1 ^ ((register & 1) == 1 ? 0x82F63B78 : 0);
            }
        }

        return ~register;
    }
}
