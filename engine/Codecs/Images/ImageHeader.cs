using Lacuna.Bits;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Streams;

namespace Lacuna.Codecs.Images;

/// <summary>The header packet.</summary>
/// <remarks>docs/format.md, section 2.</remarks>
readonly record struct ImageHeader(int Width, int Height, PixelLayout Layout, QualityLevel Level, ulong Model)
{
    public const byte Version = 0;

    public const int MaxBytes = 32;

    public bool HasAlpha => Layout.HasAlpha();

    public LatentGrid Grid => new(Width, Height);

    public long Pixels => (long)Width * Height;

    public byte[] ToPayload()
    {
        Span<byte> payload = stackalloc byte[MaxBytes];
        var writer = new ByteWriter(payload);
        bool written = writer.TryWriteU8(Version) && writer.TryWriteU8((byte)Layout)
            && writer.TryWriteVarint((ulong)Width) && writer.TryWriteVarint((ulong)Height)
            && writer.TryWriteU16((ushort)Level.Steps) && writer.TryWriteU64(Model);
        System.Diagnostics.Debug.Assert(written);
        return payload[..writer.Written].ToArray();
    }

    public static StreamStatus Read(ReadOnlySpan<byte> payload, out ImageHeader header)
    {
        header = default;
        var reader = new ByteReader(payload);
        if (!reader.TryReadU8(out byte version))
        {
            return StreamStatus.InvalidData;
        }

        if (version != Version)
        {
            return StreamStatus.UnsupportedVersion;
        }

        bool whole = reader.TryReadU8(out byte layout) & reader.TryReadVarint(out ulong width) & reader.TryReadVarint(out ulong height)
            & reader.TryReadU16(out ushort level) & reader.TryReadU64(out ulong model);
        if (!whole || !reader.Remaining.IsEmpty
            || (PixelLayout)layout is < PixelLayout.Grey or > PixelLayout.Rgba
            || width is 0 or > Picture.MaxSide || height is 0 or > Picture.MaxSide
            || level > QualityLevel.MaxSteps)
        {
            return StreamStatus.InvalidData;
        }

        header = new ImageHeader((int)width, (int)height, (PixelLayout)layout, new QualityLevel(level), model);
        return StreamStatus.Done;
    }
}
