namespace Lacuna.Kernels;

public static unsafe partial class NearestCodeScreened
{
    /// <summary>The reference: no screening at all.</summary>
    static void Scalar(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodeScreen codewords,
        Span<int> indices,
        Span<float> scores) =>
        NearestCode.Table.Reference.Run(shape, source, codewords.Panels, indices, scores);
}
