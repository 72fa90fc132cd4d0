using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Png;

/// <summary>Turns restored rows of any depth and colour type into 8-bit pixels.</summary>
sealed class PngPixels
{
    readonly PngHeader _header;
    readonly PixelLayout _layout;
    readonly ReadOnlyMemory<byte> _palette;
    readonly byte[] _paletteAlpha;
    readonly int[]? _transparent;
    readonly byte[] _scale;

    public PngPixels(PngChunks chunks)
    {
        _header = chunks.Header;
        _layout = _header.Layout(chunks.Transparency is not null);
        _palette = chunks.Palette;
        _paletteAlpha = new byte[256];
        _paletteAlpha.AsSpan().Fill(255);
        _scale = SampleScale.Table((1 << _header.Depth) - 1);
        if (chunks.Transparency is not { } transparency)
        {
            return;
        }

        if (_header.Colour == PngColour.Palette)
        {
            transparency.Span.CopyTo(_paletteAlpha);
            return;
        }

        _transparent = new int[_header.Samples];
        for (int channel = 0; channel < _transparent.Length; channel++)
        {
            int sample = (transparency.Span[2 * channel] << 8) | transparency.Span[(2 * channel) + 1];
            _transparent[channel] = sample & ((1 << _header.Depth) - 1);
        }
    }

    /// <summary>Writes the pixels of one row of one interlace pass.</summary>
    /// <param name="raw">Restored bytes of the row.</param>
    /// <param name="count">Pixels in it.</param>
    /// <param name="destination">The picture's row, shape [width, channels].</param>
    /// <param name="first">Column of the first pixel.</param>
    /// <param name="step">Columns from a pixel to the next.</param>
    /// <exception cref="FileFormatException">A pixel points past the palette.</exception>
    public void Write(ReadOnlySpan<byte> raw, int count, Span<byte> destination, int first, int step)
    {
        if (_header.Colour == PngColour.Palette)
        {
            WritePalette(raw, count, destination, first, step);
        }
        else if (_header.Depth == 8 && _transparent is null && step == 1)
        {
            raw.CopyTo(destination);
        }
        else
        {
            WriteSamples(raw, count, destination, first, step);
        }
    }

    void WritePalette(ReadOnlySpan<byte> raw, int count, Span<byte> destination, int first, int step)
    {
        int channels = (int)_layout;
        ReadOnlySpan<byte> palette = _palette.Span;
        for (int i = 0; i < count; i++)
        {
            int entry = Sample(raw, i);
            if (3 * entry >= palette.Length)
            {
                throw new FileFormatException("a pixel of the PNG points past its palette");
            }

            Span<byte> pixel = destination.Slice((first + (i * step)) * channels, channels);
            palette.Slice(3 * entry, 3).CopyTo(pixel);
            if (channels == 4)
            {
                pixel[3] = _paletteAlpha[entry];
            }
        }
    }

    void WriteSamples(ReadOnlySpan<byte> raw, int count, Span<byte> destination, int first, int step)
    {
        int samples = _header.Samples;
        int channels = (int)_layout;
        for (int i = 0; i < count; i++)
        {
            Span<byte> pixel = destination.Slice((first + (i * step)) * channels, channels);
            bool transparent = _transparent is not null;
            for (int channel = 0; channel < samples; channel++)
            {
                int sample = Sample(raw, (i * samples) + channel);
                transparent = transparent && sample == _transparent![channel];
                pixel[channel] = _scale[sample];
            }

            if (_transparent is not null)
            {
                pixel[samples] = transparent ? (byte)0 : (byte)255;
            }
        }
    }

    int Sample(ReadOnlySpan<byte> raw, int index)
    {
        switch (_header.Depth)
        {
            case 8:
                return raw[index];
            case 16:
                return (raw[2 * index] << 8) | raw[(2 * index) + 1];
            default:
                int bit = index * _header.Depth;
                return (raw[bit >> 3] >> (8 - _header.Depth - (bit & 7))) & ((1 << _header.Depth) - 1);
        }
    }
}
