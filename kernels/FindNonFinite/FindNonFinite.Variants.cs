using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class FindNonFinite
{
    /// <summary>All ones exactly where an element is not finite, and the sign bit is not looked at.</summary>
    const int Exponent = 0x7F80_0000;

    /// <summary>16 elements a step; the step with a finding is searched by the reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Vector128Portable(ReadOnlySpan<float> source)
    {
        const int Step = 16;
        int i = 0;
        fixed (float* x = source)
        {
            Vector128<int> mask = Vector128.Create(Exponent);
            for (; i + Step <= source.Length; i += Step)
            {
                Vector128<int> found = Vector128<int>.Zero;
                for (int at = i; at < i + Step; at += Vector128<int>.Count)
                {
                    found |= Vector128.Equals(Vector128.Load((int*)x + at) & mask, mask);
                }

                if (found != Vector128<int>.Zero)
                {
                    break;
                }
            }
        }

        return Rest(source, i);
    }

    /// <summary>32 elements a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Avx2Wide(ReadOnlySpan<float> source)
    {
        const int Step = 32;
        int i = 0;
        fixed (float* x = source)
        {
            Vector256<int> mask = Vector256.Create(Exponent);
            for (; i + Step <= source.Length; i += Step)
            {
                Vector256<int> found = Vector256.Equals(Vector256.Load((int*)x + i) & mask, mask)
                    | Vector256.Equals(Vector256.Load((int*)x + i + 8) & mask, mask)
                    | Vector256.Equals(Vector256.Load((int*)x + i + 16) & mask, mask)
                    | Vector256.Equals(Vector256.Load((int*)x + i + 24) & mask, mask);
                if (found != Vector256<int>.Zero)
                {
                    break;
                }
            }
        }

        return Rest(source, i);
    }

    static int Rest(ReadOnlySpan<float> source, int first)
    {
        int found = Scalar(source[first..]);
        return found < 0 ? -1 : first + found;
    }
}
