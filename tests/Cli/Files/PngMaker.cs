using System.Buffers.Binary;
using System.IO.Compression;

namespace Lacuna.Tests.Cli.Files;

/// <summary>
/// Writes PNG of any colour type, depth and interlacing from samples, plainly and on its own: the reader's counterpart.
/// </summary>
static class PngMaker
{
    static readonly int[][] Adam7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

    /// <summary>Makes a file.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Bits a sample.</param>
    /// <param name="colour">Colour type, as the file has it.</param>
    /// <param name="interlaced">Whether Adam7 is used.</param>
    /// <param name="sample">The sample of a column, row and channel.</param>
    /// <param name="extra">Chunks between header and image data, such as a palette.</param>
    public static byte[] Make(
        int width, int height, int depth, int colour, bool interlaced, Func<int, int, int, int> sample, params (string, byte[])[] extra)
    {
        int channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var rows = new List<byte>();
        foreach (int[] pass in interlaced ? Adam7 : [[0, 0, 1, 1]])
        {
            for (int y = pass[1]; y < height && pass[0] < width; y += pass[3])
            {
                rows.Add(0);
                var bits = new List<bool>();
                for (int x = pass[0]; x < width; x += pass[2])
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        int value = sample(x, y, channel);
                        bits.AddRange(Enumerable.Range(1, depth).Select(i => ((value >> (depth - i)) & 1) != 0));
                    }
                }

                rows.AddRange(bits.Chunk(8).Select(eight => (byte)eight.Select((bit, i) => bit ? 0x80 >> i : 0).Sum()));
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colour, interlaced ? (byte)1 : (byte)0);
        return File([("IHDR", header), .. extra, ("IDAT", Deflated([.. rows])), ("IEND", [])]);
    }

    /// <summary>Makes a file of chunks, with right check values.</summary>
    public static byte[] File((string Name, byte[] Data)[] chunks)
    {
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach ((string name, byte[] data) in chunks)
        {
            byte[] named = [.. name.Select(c => (byte)c), .. data];
            file.Write(BigEndian((uint)data.Length));
            file.Write(named);
            file.Write(BigEndian(Check(named)));
        }

        return file.ToArray();
    }

    /// <summary>Compresses with zlib.</summary>
    public static byte[] Deflated(byte[] data)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            zlib.Write(data);
        }

        return compressed.ToArray();
    }

    /// <summary>Makes the check values of all chunks right again, as far as the chunks' lengths lead.</summary>
    public static void RepairChecks(byte[] file)
    {
        int position = 8;
        while (position + 12 <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position));
            if (length > file.Length - position - 12)
            {
                return;
            }

            BigEndian(Check(file.AsSpan(position + 4, 4 + (int)length))).CopyTo(file, position + 8 + (int)length);
            position += 12 + (int)length;
        }
    }

    static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>The check value bit by bit, as ISO 3309 defines it.</summary>
    static uint Check(ReadOnlySpan<byte> data)
    {
        uint state = uint.MaxValue;
        foreach (byte value in data)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ ((state & 1) * 0xEDB88320);
            }
        }

        return ~state;
    }
}
