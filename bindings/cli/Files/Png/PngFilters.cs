namespace Lacuna.Cli.Files.Png;

/// <summary>The five row filters of PNG, both ways.</summary>
/// <remarks>Source: PNG specification (third edition), section 9. Bytes before the row and rows above the picture are 0.</remarks>
static class PngFilters
{
    /// <summary>Filter types run from 0 (none) to this, exclusive.</summary>
    public const int Count = 5;

    /// <summary>Turns filtered bytes back into samples, in place.</summary>
    /// <param name="type">Filter type of the row.</param>
    /// <param name="row">Bytes of the row, without the filter byte.</param>
    /// <param name="above">The row above, already restored; as long as <paramref name="row"/>.</param>
    /// <param name="pixel">Bytes a pixel, at least 1.</param>
    /// <exception cref="FileFormatException">The type is unknown.</exception>
    public static void Restore(int type, Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        switch (type)
        {
            case 0:
                break;
            case 1:
                for (int i = pixel; i < row.Length; i++)
                {
                    row[i] += row[i - pixel];
                }

                break;
            case 2:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < pixel ? 0 : row[i - pixel]) + above[i]) >> 1);
                }

                break;
            case 4:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += i < pixel ? above[i] : Paeth(row[i - pixel], above[i], above[i - pixel]);
                }

                break;
            default:
                throw new FileFormatException($"PNG has no row filter {type}");
        }
    }

    /// <summary>Filters a row.</summary>
    /// <param name="type">Filter type, 0 to 4.</param>
    /// <param name="row">Samples of the row.</param>
    /// <param name="above">Samples of the row above; as long as <paramref name="row"/>.</param>
    /// <param name="pixel">Bytes a pixel.</param>
    /// <param name="filtered">Receives the filtered bytes; as long as <paramref name="row"/>.</param>
    /// <returns>Sum of the magnitudes of the filtered bytes taken as signed: the smaller, the better it compresses.</returns>
    public static long Apply(int type, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixel, Span<byte> filtered)
    {
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            byte left = i < pixel ? (byte)0 : row[i - pixel];
            int predicted = type switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) >> 1,
                _ => i < pixel ? above[i] : Paeth(left, above[i], above[i - pixel]),
            };
            byte difference = (byte)(row[i] - predicted);
            filtered[i] = difference;
            sum += Math.Abs((int)(sbyte)difference);
        }

        return sum;
    }

    /// <summary>Whichever of the neighbours is nearest to left + above - corner; ties in that order.</summary>
    static byte Paeth(byte left, byte above, byte corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left
            : toAbove <= toCorner ? above
            : corner;
    }
}
