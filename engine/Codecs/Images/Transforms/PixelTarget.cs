using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Codecs.Images.Transforms;

/// <summary>Takes the network's cells and stores them as pixels of any format, cropped to the picture.</summary>
/// <remarks>docs/format.md, section 6: rounding, clamping and grey.</remarks>
/// <param name="picture">Receives the pixels.</param>
/// <param name="stream">The stream's layout: where it lacks an alpha channel that the picture has, alpha is 255.</param>
readonly unsafe struct PixelTarget(PictureView picture, PixelLayout stream)
{
    const int Cell = 8;
    const int LineSamples = 3 * Cell;
    const int MostCells = 128;

    readonly bool grey = PixelFormats.IsGrey(picture.Format) || !stream.HasColour();
    readonly bool opaque = PixelFormats.HasAlpha(picture.Format) && !stream.HasAlpha();

    /// <summary>Stores cells of one row of cells.</summary>
    /// <param name="cells">[count, 8, 8, 3].</param>
    /// <param name="cellRow">Row of cells.</param>
    /// <param name="cellColumn">First column of cells.</param>
    /// <param name="count">Cells.</param>
    public void Store(ReadOnlySpan<float> cells, int cellRow, int cellColumn, int count)
    {
        for (int first = 0; first < count; first += MostCells)
        {
            StoreSome(cells[(first * Cell * LineSamples)..], cellRow, cellColumn + first, Math.Min(MostCells, count - first));
        }
    }

    [SkipLocalsInit]
    void StoreSome(ReadOnlySpan<float> cells, int cellRow, int cellColumn, int count)
    {
        int lines = Math.Min(Cell, picture.Height - cellRow * Cell);
        int columns = Math.Min(count * Cell, picture.Width - cellColumn * Cell);
        Span<byte> line = stackalloc byte[MostCells * LineSamples];
        for (int y = 0; y < lines; y++)
        {
            for (int cell = 0; cell < count; cell++)
            {
                Samples(cells.Slice((cell * Cell + y) * LineSamples, LineSamples), line.Slice(cell * LineSamples, LineSamples));
            }

            StoreLine(line[..(3 * columns)], cellRow * Cell + y, cellColumn * Cell);
        }
    }

    /// <summary>Stores red, green and blue of one line.</summary>
    void StoreLine(ReadOnlySpan<byte> line, int y, int x)
    {
        if (picture.Format == PixelFormat.Rgb && !grey)
        {
            line.CopyTo(picture.Row(0, y)[(3 * x)..]);
            return;
        }

        PixelChannel red = picture.Channel(0), green = picture.Channel(1), blue = picture.Channel(2), alpha = picture.Channel(3);
        int step = red.Step;
        nint first = (nint)x * step;
        byte* r = red.Row(y) + first, g = green.Row(y) + first, b = blue.Row(y) + first;
        fixed (byte* samples = line)
        {
            if (grey)
            {
                for (byte* rgb = samples, end = samples + line.Length; rgb < end; rgb += 3, r += step, g += step, b += step)
                {
                    *r = *g = *b = (byte)((rgb[0] + rgb[1] + rgb[2] + 1) / 3);
                }
            }
            else
            {
                for (byte* rgb = samples, end = samples + line.Length; rgb < end; rgb += 3, r += step, g += step, b += step)
                {
                    (*r, *g, *b) = (rgb[0], rgb[1], rgb[2]);
                }
            }
        }

        if (opaque)
        {
            Fill(alpha.Row(y) + first, step, line.Length / 3);
        }
    }

    static void Fill(byte* alpha, int step, int count)
    {
        for (int i = 0; i < count; i++, alpha += step)
        {
            *alpha = 255;
        }
    }

    /// <summary>Rounds the 24 samples of a cell's line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Samples(ReadOnlySpan<float> values, Span<byte> samples)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        ref byte sample = ref MemoryMarshal.GetReference(samples);
        for (int i = 0; i < LineSamples; i += Vector64<byte>.Count)
        {
            Vector128<uint> low = Rounded(Vector128.LoadUnsafe(ref value, (nuint)i));
            Vector128<uint> high = Rounded(Vector128.LoadUnsafe(ref value, (nuint)i + 4));
            Vector128<ushort> both = Vector128.Narrow(low, high);
            Vector128.Narrow(both, both).GetLower().StoreUnsafe(ref sample, (nuint)i);
        }
    }

    /// <summary>To the nearest of 0 to 255, ties to even; a NaN gives 0.</summary>
    static Vector128<uint> Rounded(Vector128<float> value)
    {
        // From 2^23 on, floats are whole: the addition rounds as IEEE 754 says, and the integer is in the low bits.
        const float whole = 1 << 23;
        Vector128<float> t = value + Vector128.Create(127.5f);
        t = Vector128.ConditionalSelect(Vector128.GreaterThan(t, Vector128<float>.Zero), t, Vector128<float>.Zero);
        t = Vector128.ConditionalSelect(Vector128.GreaterThan(t, Vector128.Create(255f)), Vector128.Create(255f), t);
        return (t + Vector128.Create(whole)).AsUInt32() & Vector128.Create(0xFFu);
    }
}
