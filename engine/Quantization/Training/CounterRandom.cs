namespace Lacuna.Quantization.Training;

/// <summary>Random numbers by their place: number n of a seed is the same whoever asks for it, and whenever.</summary>
/// <remarks>
/// Integers alone. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators" (SplitMix64), OOPSLA 2014.
/// </remarks>
/// <param name="seed">Chooses the sequence.</param>
/// <param name="stream">Chooses one of many sequences of a seed.</param>
readonly struct CounterRandom(ulong seed, ulong stream = 0)
{
    const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    readonly ulong start = Mix(Mix(seed + Golden) ^ (stream * Golden));

    /// <summary>64 random bits.</summary>
    public ulong Bits(long place) => Mix(start + ((ulong)place + 1) * Golden);

    /// <summary>A number from 0 to just below 1, a multiple of 2^-53.</summary>
    public double Unit(long place) => (Bits(place) >> 11) * (1.0 / (1L << 53));

    /// <summary>0 to <paramref name="bound"/> - 1.</summary>
    public int Below(long place, int bound) => (int)Math.BigMul(Bits(place), (ulong)bound, out _);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
