namespace Lacuna.Kernels;

public static unsafe partial class PhiloxNormal
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(in NoiseStream stream, ulong first, Span<float> destination)
    {
        Span<float> four = stackalloc float[4];
        for (int i = 0; i < destination.Length; i++)
        {
            ulong element = first + (ulong)i;
            if (i == 0 || element % 4 == 0)
            {
                ulong block = element / 4;
                Philox.Words words = Philox.Block(new((uint)block, (uint)(block >> 32), stream.Step, stream.Draw), stream.Seed);
                (four[0], four[1]) = Pair(words.W0, words.W1);
                (four[2], four[3]) = Pair(words.W2, words.W3);
            }

            destination[i] = four[(int)(element % 4)];
        }
    }

    static (float First, float Second) Pair(uint x, uint y)
    {
        float u = MathF.FusedMultiplyAdd((int)(x >> 1), UniformScale, UniformShift);
        float radius = MathF.Sqrt(-2f * ExactMath.Log(u));
        float rest = (int)(y << 2) * RestScale;
        (float sine, float cosine) = ExactMath.SinCosFrom(((y >> 29) + 1) & ~1u, rest);
        return (radius * cosine, radius * sine);
    }
}
