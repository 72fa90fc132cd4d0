namespace Lacuna.Kernels;

public static unsafe partial class MersenneTwister
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(Span<uint> state, Span<uint> words)
    {
        for (int i = 0; i < Count; i++)
        {
            uint y = (state[i] & Upper) | (state[i + 1] & Lower);
            uint t = state[i + Middle] ^ y >> 1 ^ ((y & 1) != 0 ? Twist : 0);
            state[i + Count] = t;
            t ^= t >> 11;
            t ^= t << 7 & Temper7;
            t ^= t << 15 & Temper15;
            words[i] = t ^ t >> 18;
        }

        state[Count..(2 * Count)].CopyTo(state);
    }
}
