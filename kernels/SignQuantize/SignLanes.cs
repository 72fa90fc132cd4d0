using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Eight signs and the byte that they make, its high bit the first, at one vector width.</summary>
unsafe interface ISignLanes
{
    /// <summary>The signs of eight floats: a bit is set where the float is above 0.</summary>
    static abstract byte Signs(float* first);

    /// <summary>Writes eight floats, <paramref name="scale"/> where the bit is set and its negative where not.</summary>
    static abstract void Spread(byte bits, float scale, float* first);
}

/// <summary>Two halves of four.</summary>
readonly unsafe struct SignLanes128 : ISignLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Signs(float* first) => (byte)(Half(first) << 4 | Half(first + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(byte bits, float scale, float* first)
    {
        Half(bits >> 4, scale).Store(first);
        Half(bits, scale).Store(first + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Half(float* first)
    {
        Vector128<float> reversed = Vector128.Shuffle(Vector128.Load(first), Vector128.Create(3, 2, 1, 0));
        return Vector128.GreaterThan(reversed, Vector128<float>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Half(int bits, float scale)
    {
        Vector128<int> own = Vector128.Create(8, 4, 2, 1);
        Vector128<int> set = Vector128.Equals(Vector128.Create(bits) & own, own);
        return Vector128.ConditionalSelect(set.AsSingle(), Vector128.Create(scale), Vector128.Create(-scale));
    }
}

/// <summary>All eight at once.</summary>
readonly unsafe struct SignLanes256 : ISignLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Signs(float* first)
    {
        Vector256<float> reversed = Vector256.Shuffle(Vector256.Load(first), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));
        return (byte)Vector256.GreaterThan(reversed, Vector256<float>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(byte bits, float scale, float* first)
    {
        Vector256<int> own = Vector256.Create(128, 64, 32, 16, 8, 4, 2, 1);
        Vector256<int> set = Vector256.Equals(Vector256.Create((int)bits) & own, own);
        Vector256.ConditionalSelect(set.AsSingle(), Vector256.Create(scale), Vector256.Create(-scale)).Store(first);
    }
}
