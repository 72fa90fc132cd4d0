namespace Lacuna.Kernels;

public static partial class Histogram
{
    /// <summary>The reference.</summary>
    static void Scalar(ReadOnlySpan<byte> bytes, Span<uint> counts)
    {
        counts.Clear();
        foreach (byte value in bytes)
        {
            counts[value]++;
        }
    }
}
