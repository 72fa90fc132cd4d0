using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class FindGreater
{
    /// <summary>16 elements a step; the step with a finding is searched by the reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Vector128Portable(ReadOnlySpan<float> x, int first, float offset, float threshold)
    {
        const int Step = 16;
        int i = first;
        fixed (float* source = x)
        {
            Vector128<float> added = Vector128.Create(offset), least = Vector128.Create(threshold);
            for (; i + Step <= x.Length; i += Step)
            {
                Vector128<float> found = Vector128.GreaterThan(Vector128.Load(source + i) + added, least)
                    | Vector128.GreaterThan(Vector128.Load(source + i + 4) + added, least)
                    | Vector128.GreaterThan(Vector128.Load(source + i + 8) + added, least)
                    | Vector128.GreaterThan(Vector128.Load(source + i + 12) + added, least);
                if (found.AsInt32() != Vector128<int>.Zero)
                {
                    break;
                }
            }
        }

        return Scalar(x, i, offset, threshold);
    }

    /// <summary>32 elements a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Avx2Wide(ReadOnlySpan<float> x, int first, float offset, float threshold)
    {
        const int Step = 32;
        int i = first;
        fixed (float* source = x)
        {
            Vector256<float> added = Vector256.Create(offset), least = Vector256.Create(threshold);
            for (; i + Step <= x.Length; i += Step)
            {
                Vector256<float> found = Vector256.GreaterThan(Vector256.Load(source + i) + added, least)
                    | Vector256.GreaterThan(Vector256.Load(source + i + 8) + added, least)
                    | Vector256.GreaterThan(Vector256.Load(source + i + 16) + added, least)
                    | Vector256.GreaterThan(Vector256.Load(source + i + 24) + added, least);
                if (found.AsInt32() != Vector256<int>.Zero)
                {
                    break;
                }
            }
        }

        return Scalar(x, i, offset, threshold);
    }
}
