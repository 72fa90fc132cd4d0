using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>The counter-based generator Philox 4x32-10: a keyed bijection of four words, plainly.</summary>
/// <remarks>
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; the constants are
/// those of Random123.
/// </remarks>
public static class Philox
{
    /// <summary>Rounds of the bijection.</summary>
    public const int Rounds = 10;

    /// <summary>What the first and the third word are multiplied by.</summary>
    internal const uint Multiplier0 = 0xD2511F53, Multiplier2 = 0xCD9E8D57;

    /// <summary>What the key grows by after each round.</summary>
    internal const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>A counter, or what the bijection makes of it.</summary>
    /// <param name="W0">Lowest word.</param>
    /// <param name="W1">Second word.</param>
    /// <param name="W2">Third word.</param>
    /// <param name="W3">Highest word.</param>
    public readonly record struct Words(uint W0, uint W1, uint W2, uint W3);

    /// <summary>The words that stand at a counter.</summary>
    /// <param name="counter">Any four words.</param>
    /// <param name="key">Any 64 bits, the first key word in the lower half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Block(Words counter, ulong key)
    {
        (uint c0, uint c1, uint c2, uint c3) = counter;
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0, product2 = (ulong)Multiplier2 * c2;
            c0 = (uint)(product2 >> 32) ^ c1 ^ key0;
            c1 = (uint)product2;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return new Words(c0, c1, c2, c3);
    }
}
