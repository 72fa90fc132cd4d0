namespace Lacuna.Interop;

/// <summary>Range checks whose text a C caller can act on.</summary>
static class Limits
{
    /// <exception cref="ArgumentException"><paramref name="value"/> is outside.</exception>
    public static void Within(long value, long least, long most, string name) => Within(value, least, most, "", name);

    /// <param name="value">What is checked.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <param name="owner">What stands in front of the name: joined only where it is told.</param>
    /// <param name="name">The parameter's or member's name in the header.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is outside.</exception>
    public static void Within(long value, long least, long most, string owner, string name)
    {
        if (value < least || value > most)
        {
            string range = most == long.MaxValue ? $"at least {least}" : $"{least} to {most}";
            throw new ArgumentException($"{owner}{name} is {value}; it must be {range}.");
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

    /// <exception cref="ArgumentException"><paramref name="value"/> is greater.</exception>
    public static void AtMost(nuint value, int most, string name)
    {
        if (value > (nuint)most)
        {
            throw new ArgumentException($"{name} is {value}; it must be at most {most}.");
        }
    }
}
