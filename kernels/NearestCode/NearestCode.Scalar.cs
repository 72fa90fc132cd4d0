namespace Lacuna.Kernels;

public static unsafe partial class NearestCode
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores)
    {
        for (int vector = 0; vector < shape.Vectors; vector++)
        {
            ReadOnlySpan<float> x = source.Slice(vector * shape.SourceStride, codewords.Dimensions);
            int index = 0;
            float greatest = float.NegativeInfinity;
            for (int code = 0; code < codewords.Count; code++)
            {
                float score = codewords.Bias[code];
                for (int i = 0; i < x.Length; i++)
                {
                    score = MathF.FusedMultiplyAdd(x[i], codewords.Panels[codewords.IndexOf(code, i)], score);
                }

                if (score > greatest)
                {
                    (index, greatest) = (code, score);
                }
            }

            indices[vector * shape.IndexStride] = index;
            if (!scores.IsEmpty)
            {
                scores[vector] = greatest;
            }
        }
    }
}
