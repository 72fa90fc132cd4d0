using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class FindGreater
{
    /// <summary>16 elements a step.</summary>
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
                Vector128<float> a = Vector128.GreaterThan(Vector128.Load(source + i) + added, least);
                Vector128<float> b = Vector128.GreaterThan(Vector128.Load(source + i + 4) + added, least);
                Vector128<float> c = Vector128.GreaterThan(Vector128.Load(source + i + 8) + added, least);
                Vector128<float> d = Vector128.GreaterThan(Vector128.Load(source + i + 12) + added, least);
                if ((a | b | c | d).AsInt32() != Vector128<int>.Zero)
                {
                    uint low = a.ExtractMostSignificantBits() | b.ExtractMostSignificantBits() << 4;
                    uint high = c.ExtractMostSignificantBits() | d.ExtractMostSignificantBits() << 4;
                    return i + BitOperations.TrailingZeroCount(low | high << 8);
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
                Vector256<float> a = Vector256.GreaterThan(Vector256.Load(source + i) + added, least);
                Vector256<float> b = Vector256.GreaterThan(Vector256.Load(source + i + 8) + added, least);
                Vector256<float> c = Vector256.GreaterThan(Vector256.Load(source + i + 16) + added, least);
                Vector256<float> d = Vector256.GreaterThan(Vector256.Load(source + i + 24) + added, least);
                if ((a | b | c | d).AsInt32() != Vector256<int>.Zero)
                {
                    uint low = a.ExtractMostSignificantBits() | b.ExtractMostSignificantBits() << 8;
                    uint high = c.ExtractMostSignificantBits() | d.ExtractMostSignificantBits() << 8;
                    return i + BitOperations.TrailingZeroCount(low | high << 16);
                }
            }
        }

        return Scalar(x, i, offset, threshold);
    }
}
