namespace Lacuna.Interop;

/// <summary>Range checks whose text a C caller can act on.</summary>
static class Limits
{
    /// <exception cref="ArgumentException"><paramref name="value"/> is outside.</exception>
    public static void Within(long value, long least, long most, string name)
    {
        if (value < least || value > most)
        {
            string range = most == long.MaxValue ? $"at least {least}" : $"{least} to {most}";
            throw new ArgumentException($"{name} is {value}; it must be {range}.");
        }
    }

    /// <exception cref="ArgumentException"><paramref name="quality"/> is outside 0 to 100, or a NaN.</exception>
    public static void WithinQuality(double quality)
    {
        if (!(quality is >= 0 and <= 100))
        {
            throw new ArgumentException($"options->quality is {quality}; it must be 0 to 100.");
        }
    }
}
