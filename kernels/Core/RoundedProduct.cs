using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary><c>(x * y + 2^14) >> 15</c> of 16-bit numbers, not both -32768: one instruction on most processors.</summary>
static class RoundedProduct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Of(Vector128<short> x, Vector128<short> y)
    {
        if (Isa.HasSsse3)
        {
            return Ssse3.MultiplyHighRoundScale(x, y);
        }

        return Isa.HasRoundedProductArm ? AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, y) : Widened(x, y);
    }

    /// <summary>Needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Of(Vector256<short> x, Vector256<short> y) => Avx2.MultiplyHighRoundScale(x, y);

    /// <summary>What the instructions do, in steps that every processor has.</summary>
    internal static Vector128<short> Widened(Vector128<short> x, Vector128<short> y)
    {
        Vector128<int> half = Vector128.Create(1 << 14);
        Vector128<int> lower = ((Vector128.WidenLower(x) * Vector128.WidenLower(y)) + half) >> 15;
        Vector128<int> upper = ((Vector128.WidenUpper(x) * Vector128.WidenUpper(y)) + half) >> 15;
        return Vector128.Narrow(lower, upper);
    }
}
