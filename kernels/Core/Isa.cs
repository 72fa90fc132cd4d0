using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Instruction-set levels, slowest first. A kernel variant belongs to exactly one.</summary>
public enum IsaLevel
{
    /// <summary>Plain C#: the reference, right by reading.</summary>
    Scalar = 0,

    /// <summary>128-bit vectors of any processor (SSE4.2 or AdvSimd).</summary>
    Vector128 = 1,

    /// <summary>x86-64-v3: AVX2, FMA, BMI2.</summary>
    Avx2 = 2,

    /// <summary>x86-64-v4: AVX-512 F, BW, CD, DQ, VL.</summary>
    Avx512 = 3,
}

/// <summary>The only place in the code base that asks what the processor can do.</summary>
/// <remarks>
/// <c>LACUNA_ISA=scalar|vector128|avx2|avx512</c> and <see cref="Lower"/> lower the level of a whole process; nothing raises it.
/// Under NativeAOT the answers are fixed when the library is built (docs/building.md, "ISA levels"), so a library
/// built without AVX2 reports <see cref="IsaLevel.Vector128"/> on every machine.
/// </remarks>
public static class Isa
{
    static int level = (int)Lowest(Detect(), Requested());

    /// <summary>The highest level that kernels may use in this process.</summary>
    public static IsaLevel Level => (IsaLevel)Volatile.Read(ref level);

    /// <summary>Whether a variant of the given level may run in this process.</summary>
    public static bool Allows(IsaLevel level) => level <= Level;

    /// <summary>Lowers <see cref="Level"/> for the whole process; never raises it.</summary>
    /// <param name="to">The highest level from now on. One above the present changes nothing.</param>
    /// <remarks>Any thread may call it. Kernels that are running finish at the former level.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public static void Lower(IsaLevel to)
    {
        if (to is < IsaLevel.Scalar or > IsaLevel.Avx512)
        {
            throw new ArgumentOutOfRangeException(nameof(to));
        }

        for (int former = level; former > (int)to;)
        {
            int found = Interlocked.CompareExchange(ref level, (int)to, former);
            former = found == former ? (int)to : found;
        }
    }

    /// <summary>Takes back what <see cref="Lower"/> did: for tests, which share a process.</summary>
    internal static void Restore() => Volatile.Write(ref level, (int)Lowest(Detect(), Requested()));

    /// <summary>
    /// Whether one instruction multiplies and adds with a single rounding; never true of <see cref="IsaLevel.Scalar"/>.
    /// </summary>
    /// <remarks>A variant that asks this gives the same bits either way: only the speed differs.</remarks>
    internal static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Whether one instruction multiplies and adds four bytes in each of eight lanes.</summary>
    internal static bool HasAvxVnni => AvxVnni.IsSupported;

    /// <summary>Whether the processor multiplies 32-bit words to 64 bits in 128-bit vectors, as x86 does.</summary>
    internal static bool HasMultiplyWideX86 => Sse2.IsSupported;

    /// <summary>Whether the processor has CRC-32C instructions for 8 bytes at a time on x86-64.</summary>
    internal static bool HasCrc32X64 => Sse42.X64.IsSupported;

    /// <summary>Whether the processor has CRC-32C instructions for 8 bytes at a time on Arm.</summary>
    internal static bool HasCrc32Arm64 => Crc32.Arm64.IsSupported;

    /// <summary>Whether the processor shuffles and unpacks bytes as x86-64 does (SSSE3); else it does as Arm does.</summary>
    internal static bool HasSsse3 => Ssse3.IsSupported;

    /// <summary>Whether the processor looks bytes up in registers (AVX-512 VBMI).</summary>
    internal static bool HasVbmi => Avx512Vbmi.IsSupported;

    /// <summary>Whether words expand and compress in registers (AVX-512 VBMI2), and the runtime knows of it.</summary>
    internal static bool HasVbmi2 =>
#if NET10_0_OR_GREATER
        Avx512Vbmi2.IsSupported;
#else
        false;
#endif

    /// <summary>Whether one instruction multiplies 16-bit numbers and keeps the rounded upper half on Arm.</summary>
    internal static bool HasRoundedProductArm => AdvSimd.IsSupported;

    static IsaLevel Detect() =>
        Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported ? IsaLevel.Avx512
        : Avx2.IsSupported && Fma.IsSupported && Bmi2.X64.IsSupported ? IsaLevel.Avx2
        : Vector128.IsHardwareAccelerated ? IsaLevel.Vector128
        : IsaLevel.Scalar;

    static IsaLevel Requested() =>
        Environment.GetEnvironmentVariable("LACUNA_ISA")?.Trim().ToLowerInvariant() switch
        {
            "scalar" or "0" => IsaLevel.Scalar,
            "vector128" or "1" => IsaLevel.Vector128,
            "avx2" or "2" => IsaLevel.Avx2,
            _ => IsaLevel.Avx512,
        };

    static IsaLevel Lowest(IsaLevel a, IsaLevel b) => a < b ? a : b;
}
