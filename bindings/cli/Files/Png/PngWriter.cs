using System.Buffers.Binary;
using System.IO.Compression;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Png;

/// <summary>Writes 8-bit PNG, each row with the filter whose differences have the smallest sum of magnitudes.</summary>
static class PngWriter
{
    /// <summary>Compression level unless the caller says otherwise.</summary>
    public const int DefaultLevel = 6;

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">Any layout.</param>
    /// <param name="destination">Receives the file; left open.</param>
    /// <param name="level">0 (stored, fastest) to 9 (smallest).</param>
    public static void Write(Picture picture, Stream destination, int level = DefaultLevel)
    {
        destination.Write(PngChunks.Signature);
        Span<byte> header = stackalloc byte[PngHeader.Length];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8;
        header[9] = (byte)(picture.Layout switch
        {
            PixelLayout.Grey => PngColour.Grey,
            PixelLayout.GreyAlpha => PngColour.GreyAlpha,
            PixelLayout.Rgb => PngColour.Rgb,
            _ => PngColour.Rgba,
        });
        WriteChunk(destination, "IHDR"u8, header);
        using (var chunks = new ImageDataStream(destination))
        using (var compressed = new ZLibStream(chunks, new ZLibCompressionOptions { CompressionLevel = level }))
        {
            WriteRows(picture, compressed);
        }

        WriteChunk(destination, "IEND"u8, default);
    }

    static void WriteRows(Picture picture, Stream compressed)
    {
        int length = picture.Width * picture.Channels;
        ReadOnlySpan<byte> above = new byte[length];
        var best = new byte[length + 1];
        var trial = new byte[length + 1];
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> row = picture.Pixels.AsSpan(y * length, length);
            long least = long.MaxValue;
            for (int type = 0; type < PngFilters.Count; type++)
            {
                trial[0] = (byte)type;
                long sum = PngFilters.Apply(type, row, above, picture.Channels, trial.AsSpan(1));
                if (sum < least)
                {
                    least = sum;
                    (best, trial) = (trial, best);
                }
            }

            compressed.Write(best);
            above = row;
        }
    }

    static void WriteChunk(Stream destination, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        destination.Write(word);
        destination.Write(type);
        destination.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Compute(type, data));
        destination.Write(word);
    }

    /// <summary>Gathers what is written to it into IDAT chunks.</summary>
    sealed class ImageDataStream(Stream destination) : Stream
    {
        readonly byte[] _buffer = new byte[1 << 16];
        int _count;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> data)
        {
            while (!data.IsEmpty)
            {
                int count = Math.Min(data.Length, _buffer.Length - _count);
                data[..count].CopyTo(_buffer.AsSpan(_count));
                _count += count;
                data = data[count..];
                if (_count == _buffer.Length)
                {
                    Emit();
                }
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        /// <summary>A flush writes nothing: a chunk is written when it is full, and the last when the stream closes.</summary>
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            Emit();
            base.Dispose(disposing);
        }

        void Emit()
        {
            if (_count > 0)
            {
                int count = _count;
                _count = 0;
                WriteChunk(destination, "IDAT"u8, _buffer.AsSpan(0, count));
            }
        }
    }
}
