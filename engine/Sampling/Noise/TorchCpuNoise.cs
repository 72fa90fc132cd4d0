using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>What <c>torch.randn</c> draws on the CPU in float32, for those who reproduce pictures of other programs.</summary>
/// <remarks>
/// <para>
/// Sequential: each call of <see cref="Fill"/> is one <c>torch.randn</c> after <c>torch.manual_seed</c>. The generator is MT19937, seeded
/// with the seed's lowest 32 bits. Calls for 16 deviates or more go by groups of 16 (<see cref="BoxMuller"/>); where the number is no
/// multiple of 16 the last 16 are drawn anew. Shorter calls make pairs in double, and keep the second of a pair for the next short call.
/// </para>
/// <para>
/// The bits are those of builds that fill by AVX2, which are the usual ones. In short calls torch takes log1p, sin and cos from the C
/// library, here they are own: both are nearer than 2^-52, so that a float32 may differ in its last bit about once in 10^8.
/// </para>
/// </remarks>
public sealed class TorchCpuNoise : INoiseSource
{
    readonly uint[] state = new uint[2 * MersenneTwister.Count];
    readonly uint[] words = new uint[MersenneTwister.Count];
    int taken = MersenneTwister.Count;
    double? kept;

    /// <summary>Makes a generator in the state that <c>torch.manual_seed(seed)</c> leaves.</summary>
    /// <param name="seed">Any number; the lowest 32 bits count.</param>
    public TorchCpuNoise(ulong seed) => MersenneTwister.Seed((uint)seed, state);

    /// <inheritdoc/>
    public void Fill(int step, int draw, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, INoiseSource.FirstLatents);
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        if (destination.Length < BoxMuller.Group)
        {
            foreach (ref float normal in destination)
            {
                normal = (float)NextNormal();
            }

            return;
        }

        int rest = destination.Length % BoxMuller.Group;
        FillGroups(destination[..^rest]);
        if (rest > 0)
        {
            Skip(rest);
            FillGroups(destination[^BoxMuller.Group..]);
        }
    }

    void FillGroups(Span<float> destination)
    {
        Span<uint> across = stackalloc uint[BoxMuller.Group];
        while (!destination.IsEmpty)
        {
            int whole = Math.Min((MersenneTwister.Count - taken) / BoxMuller.Group * BoxMuller.Group, destination.Length);
            if (whole > 0)
            {
                BoxMuller.Run(words.AsSpan(taken, whole), destination);
                taken += whole;
            }
            else
            {
                // A group that lies across the end of the words at hand, or none at hand.
                if (taken == MersenneTwister.Count)
                {
                    Refill();
                    continue;
                }

                whole = BoxMuller.Group;
                foreach (ref uint word in across)
                {
                    word = NextWord();
                }

                BoxMuller.Run(across, destination);
            }

            destination = destination[whole..];
        }
    }

    void Skip(int count)
    {
        for (int i = 0; i < count; i++)
        {
            NextWord();
        }
    }

    double NextNormal()
    {
        if (kept is { } second)
        {
            kept = null;
            return second;
        }

        double turn = NextUniform();
        double radius = Math.Sqrt(-2 * DoubleMath.Log(1 - NextUniform()));
        (double sine, double cosine) = DoubleMath.SinCos(2 * Math.PI * turn);
        kept = radius * sine;
        return radius * cosine;
    }

    /// <summary>53 bits; the first word of two is the higher.</summary>
    double NextUniform()
    {
        ulong high = NextWord();
        return ((high << 32 | NextWord()) & (1ul << 53) - 1) * (1.0 / (1ul << 53));
    }

    uint NextWord()
    {
        if (taken == MersenneTwister.Count)
        {
            Refill();
        }

        return words[taken++];
    }

    void Refill()
    {
        MersenneTwister.Run(state, words);
        taken = 0;
    }
}
