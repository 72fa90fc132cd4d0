namespace Lacuna.Kernels;

public static unsafe partial class GatherCodewords
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(in GatherShape shape, ReadOnlySpan<int> indices, ReadOnlySpan<CodeRows> stages, Span<float> destination)
    {
        for (int vector = 0; vector < shape.Vectors; vector++)
        {
            ReadOnlySpan<int> codes = indices.Slice(vector * shape.IndexStride, stages.Length);
            for (int i = 0; i < stages[0].Dimensions; i++)
            {
                ref float y = ref destination[vector * shape.DestinationStride + i];
                for (int stage = 0; stage < stages.Length; stage++)
                {
                    float c = stages[stage].Value(codes[stage], i);
                    y = shape.Mode switch
                    {
                        GatherMode.Subtract => y - c,
                        GatherMode.Replace when stage == 0 => c,
                        _ => y + c,
                    };
                }
            }
        }
    }
}
