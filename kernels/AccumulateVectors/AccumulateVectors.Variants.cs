using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class AccumulateVectors
{
    /// <summary>4 elements a step.</summary>
    static void Vector128Portable(
        int dimensions, int sourceStride, ReadOnlySpan<float> source, ReadOnlySpan<int> codes, Span<double> sums, Span<long> counts) =>
        Rows<Add128>(dimensions, sourceStride, source, codes, sums, counts);

    /// <summary>8 elements a step.</summary>
    static void Avx2Wide(
        int dimensions, int sourceStride, ReadOnlySpan<float> source, ReadOnlySpan<int> codes, Span<double> sums, Span<long> counts) =>
        Rows<Add256>(dimensions, sourceStride, source, codes, sums, counts);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rows<TAdd>(
        int dimensions, int sourceStride, ReadOnlySpan<float> source, ReadOnlySpan<int> codes, Span<double> sums, Span<long> counts)
        where TAdd : struct, IAdd
    {
        int whole = dimensions - dimensions % TAdd.Count;
        fixed (float* vectors = source)
        fixed (double* all = sums)
        {
            float* x = vectors;
            foreach (int code in codes)
            {
                counts[code]++;
                double* sum = all + (nint)code * dimensions;
                int i = 0;
                for (; i < whole; i += TAdd.Count)
                {
                    TAdd.Add(x + i, sum + i);
                }

                for (; i < dimensions; i++)
                {
                    sum[i] += x[i];
                }

                x += sourceStride;
            }
        }
    }

    /// <summary>Adds a few floats to as many sums.</summary>
    interface IAdd
    {
        static abstract int Count { get; }

        static abstract void Add(float* x, double* sum);
    }

    readonly struct Add128 : IAdd
    {
        public static int Count => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(float* x, double* sum)
        {
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(Vector128.Load(x));
            (Vector128.Load(sum) + low).Store(sum);
            (Vector128.Load(sum + 2) + high).Store(sum + 2);
        }
    }

    readonly struct Add256 : IAdd
    {
        public static int Count => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(float* x, double* sum)
        {
            Vector256<double> low = Avx.ConvertToVector256Double(Vector128.Load(x));
            Vector256<double> high = Avx.ConvertToVector256Double(Vector128.Load(x + 4));
            Avx.Store(sum, Avx.Add(Avx.LoadVector256(sum), low));
            Avx.Store(sum + 4, Avx.Add(Avx.LoadVector256(sum + 4), high));
        }
    }
}
