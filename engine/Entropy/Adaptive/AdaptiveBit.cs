using System.Numerics;

namespace Lacuna.Entropy;

/// <summary>The probability of one binary decision, which learns from every bit that it codes.</summary>
/// <remarks>
/// <para>
/// Two estimates, one that forgets within some 32 bits and one within some 256; their mean is used. Both learn faster while they
/// are new: the n-th bit moves them by at least 1 / 2^floor(log2(n + 1)). The default value is one half, so an array of contexts
/// needs no preparation.
/// </para>
/// <para>Invariant: the probability of a 0 lies in 32 to 65504 of 65536. Class: exact, integers only.</para>
/// </remarks>
public struct AdaptiveBit
{
    const int FastRate = 5;
    const int SlowRate = 8;
    const int Half = 1 << 23;
    const int Smallest = 32;

    int fast; // probability of a 0, less one half, in 1 / 2^24
    int slow;
    int seen; // bits, up to where the slow estimate has its full memory

    /// <summary>Probability of a 0 in 1/65536.</summary>
    public readonly uint ZeroProbability => (uint)Math.Clamp(32768 + ((fast + slow) >> 9), Smallest, 65536 - Smallest);

    /// <summary>Learns from a bit.</summary>
    /// <param name="bit">0 or 1.</param>
    public void Update(int bit)
    {
        int edge = bit == 0 ? Half : -Half;
        int age = BitOperations.Log2((uint)seen + 2);
        fast += (edge - fast) >> Math.Min(age, FastRate);
        slow += (edge - slow) >> Math.Min(age, SlowRate);
        seen = Math.Min(seen + 1, 1 << SlowRate);
    }
}
