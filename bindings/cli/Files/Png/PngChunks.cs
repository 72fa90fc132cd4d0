using System.Buffers.Binary;

namespace Lacuna.Cli.Files.Png;

/// <summary>The chunks of a PNG that make its picture, with their check values verified.</summary>
/// <remarks>Source: PNG specification (third edition), sections 5 and 11. Chunks of colour management are passed over.</remarks>
sealed class PngChunks
{
    /// <summary>The eight bytes that open every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    readonly List<ReadOnlyMemory<byte>> _imageData = [];
    PngHeader? _header;
    bool _imageDataEnded;

    PngChunks()
    {
    }

    public PngHeader Header => _header!.Value;

    /// <summary>Red, green, blue of each entry; empty without a palette.</summary>
    public ReadOnlyMemory<byte> Palette { get; private set; }

    /// <summary>The tRNS chunk: an alpha for each palette entry, or a 16-bit sample for each channel. Null: none.</summary>
    public ReadOnlyMemory<byte>? Transparency { get; private set; }

    /// <summary>The zlib stream, in pieces.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ImageData => _imageData;

    /// <summary>Bytes of the zlib stream.</summary>
    public long ImageBytes { get; private set; }

    /// <summary>Walks through the file up to its IEND chunk.</summary>
    /// <exception cref="FileFormatException">A chunk is damaged, missing or out of place.</exception>
    public static PngChunks Parse(ReadOnlyMemory<byte> file)
    {
        var chunks = new PngChunks();
        int position = Signature.Length;
        while (true)
        {
            ReadOnlySpan<byte> rest = file.Span[position..];
            if (rest.Length < 12)
            {
                throw new FileFormatException("the PNG ends too soon");
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                throw new FileFormatException("the PNG ends inside a chunk");
            }

            ReadOnlyMemory<byte> data = file.Slice(position + 8, (int)length);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
            if (Crc32.Compute(rest.Slice(4, 4), data.Span) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
            {
                throw new FileFormatException($"the check value of the PNG chunk {Name(type)} is wrong");
            }

            if (!chunks.Take(type, data))
            {
                return chunks;
            }

            position += 12 + (int)length;
        }
    }

    /// <summary>Takes one chunk; false at the end of the file.</summary>
    bool Take(uint type, ReadOnlyMemory<byte> data)
    {
        if (_header is null && type != ChunkType.Header)
        {
            throw new FileFormatException("the PNG does not begin with its header chunk");
        }

        _imageDataEnded |= ImageBytes > 0 && type != ChunkType.ImageData;
        switch (type)
        {
            case ChunkType.Header when _header is null:
                _header = PngHeader.Parse(data.Span);
                break;
            case ChunkType.Palette when Palette.IsEmpty && ImageBytes == 0:
                TakePalette(data);
                break;
            case ChunkType.Transparency when ImageBytes == 0:
                TakeTransparency(data);
                break;
            case ChunkType.ImageData when !_imageDataEnded:
                TakeImageData(data);
                break;
            case ChunkType.End:
                CheckComplete();
                return false;
            case ChunkType.Header or ChunkType.Palette or ChunkType.ImageData:
                throw new FileFormatException($"the PNG chunk {Name(type)} is out of place");
            default:
                RefuseCritical(type);
                break;
        }

        return true;
    }

    void TakePalette(ReadOnlyMemory<byte> data)
    {
        if (data.Length is 0 or > 768 || data.Length % 3 != 0)
        {
            throw new FileFormatException("the PNG palette has a wrong length");
        }

        Palette = data;
    }

    void TakeTransparency(ReadOnlyMemory<byte> data)
    {
        bool fits = Header.Colour switch
        {
            PngColour.Grey => data.Length == 2,
            PngColour.Rgb => data.Length == 6,
            PngColour.Palette => data.Length <= Palette.Length / 3,
            _ => false,
        };
        Transparency = fits ? data : throw new FileFormatException("the PNG chunk tRNS does not fit the colour type");
    }

    void TakeImageData(ReadOnlyMemory<byte> data)
    {
        if (!data.IsEmpty)
        {
            _imageData.Add(data);
            ImageBytes += data.Length;
        }
    }

    void CheckComplete()
    {
        if (ImageBytes == 0)
        {
            throw new FileFormatException("the PNG holds no image data");
        }

        if (Header.Colour == PngColour.Palette && Palette.IsEmpty)
        {
            throw new FileFormatException("the PNG lacks its palette");
        }
    }

    /// <summary>Chunks whose name begins with a capital must be understood; the others may be passed over.</summary>
    static void RefuseCritical(uint type)
    {
        if ((type & 0x20000000) == 0)
        {
            throw new FileFormatException($"the PNG needs the chunk {Name(type)}, which is not known here");
        }
    }

    static string Name(uint type) => string.Create(4, type, static (name, value) =>
    {
        for (int i = 0; i < 4; i++)
        {
            char c = (char)((value >> (24 - (8 * i))) & 0xFF);
            name[i] = char.IsAsciiLetterOrDigit(c) ? c : '?';
        }
    });

    /// <summary>Four-letter chunk names as big-endian numbers.</summary>
    static class ChunkType
    {
        public const uint Header = 0x49484452;
        public const uint Palette = 0x504C5445;
        public const uint Transparency = 0x74524E53;
        public const uint ImageData = 0x49444154;
        public const uint End = 0x49454E44;
    }
}
