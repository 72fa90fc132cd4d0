namespace Lacuna.Kernels;

public static unsafe partial class BoxMuller
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(ReadOnlySpan<uint> words, Span<float> normals)
    {
        for (int group = 0; group < words.Length; group += Group)
        {
            for (int j = group; j < group + Group / 2; j++)
            {
                float radius = MathF.Sqrt(-2f * ExactMath.Log(1f - Uniform(words[j])));
                (float sine, float cosine) = ExactMath.SinCos(TwoPi * Uniform(words[j + Group / 2]));
                normals[j] = radius * cosine + 0f;
                normals[j + Group / 2] = radius * sine + 0f;
            }
        }
    }

    static float Uniform(uint word) => (word & UniformMask) * UniformScale;
}
