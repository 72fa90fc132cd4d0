namespace Lacuna.Kernels;

/// <summary>Draws the next 624 words of the generator MT19937.</summary>
/// <remarks>
/// <code>
/// for i = 0 .. 623:
///     y = (state[i] &amp; 0x80000000) | (state[i + 1] &amp; 0x7FFFFFFF)
///     state[i + 624] = state[i + 397] ^ (y >> 1) ^ (y odd ? 0x9908B0DF : 0)
///     t = state[i + 624]
///     t ^= t >> 11;   t ^= (t &lt;&lt; 7) &amp; 0x9D2C5680;   t ^= (t &lt;&lt; 15) &amp; 0xEFC60000;   words[i] = t ^ (t >> 18)
/// then the second half of state moves to the first
/// </code>
/// <para>Class: exact. Cost: 17 operations on words a word.</para>
/// <para>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998; mt19937ar.</para>
/// </remarks>
public static unsafe partial class MersenneTwister
{
    /// <summary>Words of the state, and of one call's result.</summary>
    public const int Count = 624;

    const int Middle = 397;
    const uint Upper = 0x8000_0000, Lower = 0x7FFF_FFFF, Twist = 0x9908_B0DF;
    const uint Temper7 = 0x9D2C_5680, Temper15 = 0xEFC6_0000;

    /// <param name="state">Shape [2 * <see cref="Count"/>]: the state in the first half, room to work in the second; updated.</param>
    /// <param name="words">Shape [<see cref="Count"/>]; receives the words.</param>
    public delegate void Fn(Span<uint> state, Span<uint> words);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(MersenneTwister),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Words),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Words));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">A span is too short, or they overlap.</exception>
    public static void Run(Span<uint> state, Span<uint> words)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(state.Length, 2 * Count, nameof(state));
        ArgumentOutOfRangeException.ThrowIfLessThan(words.Length, Count, nameof(words));
        if (state.Overlaps(words))
        {
            throw new ArgumentException("The words overlap the state.", nameof(words));
        }

        Table.Best(state, words);
    }

    /// <summary>Sets a state by a seed.</summary>
    /// <param name="seed">Any word.</param>
    /// <param name="state">Its first <see cref="Count"/> words are written.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="state"/> is shorter.</exception>
    public static void Seed(uint seed, Span<uint> state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(state.Length, Count, nameof(state));
        state[0] = seed;
        for (int i = 1; i < Count; i++)
        {
            state[i] = 1812433253u * (state[i - 1] ^ state[i - 1] >> 30) + (uint)i;
        }
    }
}
