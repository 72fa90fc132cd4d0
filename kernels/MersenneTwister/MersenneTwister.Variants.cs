using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class MersenneTwister
{
    static void Vector128Portable(Span<uint> state, Span<uint> words) =>
        Sweep<WordLanes128, Vector128<float>, Vector128<uint>>(state, words);

    static void Avx2Words(Span<uint> state, Span<uint> words) => Sweep<WordLanes256, Vector256<float>, Vector256<uint>>(state, words);

    static void Avx512Words(Span<uint> state, Span<uint> words) => Sweep<WordLanes512, Vector512<float>, Vector512<uint>>(state, words);

    /// <summary>A vector of words at a time: the nearest word that a word depends on lies 227 before it.</summary>
    static void Sweep<TWordLanes, TVector, TWords>(Span<uint> state, Span<uint> words)
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        int width = sizeof(TWords) / sizeof(uint);
        fixed (uint* start = state, target = words)
        {
            for (int i = 0; i < Count; i += width)
            {
                uint* at = start + i;
                TWords upper = TWordLanes.And(TWordLanes.LoadWords(at), TWordLanes.Broadcast(Upper));
                TWords next = TWordLanes.LoadWords(at + 1);
                TWords y = TWordLanes.Or(upper, TWordLanes.And(next, TWordLanes.Broadcast(Lower)));
                TWords mask = TWordLanes.ShiftRightSigned(TWordLanes.ShiftLeft(next, 31), 31);
                TWords twist = TWordLanes.And(mask, TWordLanes.Broadcast(Twist));
                TWords t = TWordLanes.Xor(TWordLanes.LoadWords(at + Middle), TWordLanes.Xor(TWordLanes.ShiftRight(y, 1), twist));

                // Nothing reads the old words at this place again: the next state grows in both halves at once.
                TWordLanes.StoreWords(t, at + Count);
                TWordLanes.StoreWords(t, at);
                TWordLanes.StoreWords(Temper<TWordLanes, TVector, TWords>(t), target + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TWords Temper<TWordLanes, TVector, TWords>(TWords t)
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        t = TWordLanes.Xor(t, TWordLanes.ShiftRight(t, 11));
        t = TWordLanes.Xor(t, TWordLanes.And(TWordLanes.ShiftLeft(t, 7), TWordLanes.Broadcast(Temper7)));
        t = TWordLanes.Xor(t, TWordLanes.And(TWordLanes.ShiftLeft(t, 15), TWordLanes.Broadcast(Temper15)));
        return TWordLanes.Xor(t, TWordLanes.ShiftRight(t, 18));
    }
}
