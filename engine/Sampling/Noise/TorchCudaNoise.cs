using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>What <c>torch.randn</c> draws on a CUDA device in float32, for those who reproduce pictures of other programs.</summary>
/// <remarks>
/// <para>
/// Sequential: each call of <see cref="Fill"/> is one <c>torch.randn</c> after <c>torch.cuda.manual_seed</c>. With T threads, a multiple
/// of 256 as the number of elements asks but at most the device's, element i belongs to thread <c>i mod T</c>, whose Philox counter is
/// <c>(offset / 4 + i / 4T, thread)</c>; it is deviate <c>i / T mod 4</c> of the block there. So the numbers depend on the device: give
/// its
/// threads as <c>maxThreads</c>.
/// </para>
/// <para>
/// The words are exact. CUDA makes deviates of them with the device's approximate functions; here they are own and nearer to the true
/// values, so that deviates agree to about 1e-6 and not in every bit.
/// </para>
/// <para>Source: ATen/native/cuda/DistributionTemplates.h; curand_normal4.</para>
/// </remarks>
public sealed class TorchCudaNoise : INoiseSource
{
    /// <summary>Threads come in blocks of so many.</summary>
    public const int BlockThreads = 256;

    const float TwoPi = 6.28318530717958647692f;
    const float Scale = 1f / (1ul << 32);

    readonly ulong seed;
    readonly int maxThreads;
    ulong calls;

    /// <summary>Makes a generator in the state that <c>torch.cuda.manual_seed(seed)</c> leaves.</summary>
    /// <param name="seed">Any number; all 64 bits count.</param>
    /// <param name="maxThreads">
    /// Multiprocessors of the device times the threads that each holds, such as 108 * 2048 for an A100, 132 * 2048 for an H100,
    /// 82 * 1536 for an RTX 3090, 128 * 1536 for an RTX 4090. A multiple of 256, 256 or more.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="maxThreads"/> is not that.</exception>
    public TorchCudaNoise(ulong seed, int maxThreads)
    {
        if (maxThreads < BlockThreads || maxThreads % BlockThreads != 0)
        {
            throw new ArgumentException($"{maxThreads} threads: a positive multiple of {BlockThreads} is needed.", nameof(maxThreads));
        }

        this.seed = seed;
        this.maxThreads = maxThreads;
    }

    /// <inheritdoc/>
    public void Fill(int step, int draw, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, INoiseSource.FirstLatents);
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        if (destination.IsEmpty)
        {
            return;
        }

        long threads = Math.Min(maxThreads, ((long)destination.Length + BlockThreads - 1) / BlockThreads * BlockThreads);
        long rounds = (destination.Length - 1) / (threads * 4) + 1;
        Span<float> four = stackalloc float[4];
        for (long round = 0; round < rounds; round++)
        {
            ulong counter = calls + (ulong)round;
            for (long thread = 0; thread < threads; thread++)
            {
                long first = round * threads * 4 + thread;
                if (first >= destination.Length)
                {
                    break;
                }

                Normals(Philox.Block(new((uint)counter, (uint)(counter >> 32), (uint)thread, 0), seed), four);
                for (int word = 0; word < 4 && first + word * threads < destination.Length; word++)
                {
                    destination[(int)(first + word * threads)] = four[word];
                }
            }
        }

        calls += (ulong)rounds;
    }

    static void Normals(Philox.Words words, Span<float> four)
    {
        (four[0], four[1]) = Pair(words.W0, words.W1);
        (four[2], four[3]) = Pair(words.W2, words.W3);
    }

    static (float First, float Second) Pair(uint x, uint y)
    {
        float u = MathF.FusedMultiplyAdd(x, Scale, Scale / 2);
        float angle = MathF.FusedMultiplyAdd(y, Scale * TwoPi, Scale * TwoPi / 2);
        float radius = MathF.Sqrt(-2f * ExactMath.Log(u));
        (float sine, float cosine) = ExactMath.SinCos(angle);
        return (radius * sine, radius * cosine);
    }
}
