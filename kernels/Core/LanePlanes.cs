using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>Turns 32-bit rANS states into planes of their low and high halves, and back.</summary>
static unsafe class LanePlanes
{
    /// <summary>The most lanes that any loop over planes serves.</summary>
    public const int MaxLanes = 256;

    /// <summary>Takes the states apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(ReadOnlySpan<uint> states, ushort* low, ushort* high)
    {
        for (int lane = 0; lane < states.Length; lane++)
        {
            low[lane] = (ushort)states[lane];
            high[lane] = (ushort)(states[lane] >> 16);
        }
    }

    /// <summary>Puts the states together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(ushort* low, ushort* high, Span<uint> states)
    {
        for (int lane = 0; lane < states.Length; lane++)
        {
            states[lane] = low[lane] | ((uint)high[lane] << 16);
        }
    }
}
