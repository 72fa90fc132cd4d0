namespace Lacuna.Cli.Files;

/// <summary>Brings samples of any depth to 8 bits.</summary>
static class SampleScale
{
    /// <summary>Nearest 8-bit value: <c>round(255 * value / max)</c>, halves up.</summary>
    /// <param name="value">Sample, 0 to <paramref name="max"/>.</param>
    /// <param name="max">Largest value, 1 to 65535.</param>
    public static byte To8Bit(int value, int max) => (byte)((((long)value * 510) + max) / (2L * max));

    /// <summary>Values 0 to <paramref name="max"/> as 8 bits, for samples of up to 16 bits.</summary>
    public static byte[] Table(int max)
    {
        var table = new byte[max + 1];
        for (int value = 0; value <= max; value++)
        {
            table[value] = To8Bit(value, max);
        }

        return table;
    }
}
