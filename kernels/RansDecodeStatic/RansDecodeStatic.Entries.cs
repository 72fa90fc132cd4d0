using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static partial class RansDecodeStatic
{
    /// <summary>Looks entries up one by one, turns them into planes of 16 bits, and does the rest a vector of lanes at a time.</summary>
    /// <remarks>
    /// States lie in memory as two planes, so any number of lanes that is a multiple of the vector's will do, and by the time a
    /// lane comes round again its store is long done.
    /// </remarks>
    readonly unsafe struct Entries<TWords, TVector> : IGroups
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        public static bool Takes(int lanes) => lanes % TWords.Count == 0 && lanes <= LanePlanes.MaxLanes;

        [SkipLocalsInit]
        public static int Decode(
            ReadOnlySpan<ulong> entries, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> symbols, out int decoded)
        {
            int lanes = states.Length;
            ushort* low = stackalloc ushort[LanePlanes.MaxLanes];
            ushort* high = stackalloc ushort[LanePlanes.MaxLanes];
            LanePlanes.Split(states, low, high);
            int read;
            fixed (ulong* table = entries)
            fixed (byte* source = words, destination = symbols)
            {
                (read, decoded) = Loop(
                    table, low, high, lanes, source, words.Length - (sizeof(ushort) * lanes), destination, symbols.Length - lanes);
            }

            LanePlanes.Join(low, high, states);
            return read;
        }

        /// <summary>Groups, up to the last word and the last symbol at which one may begin.</summary>
        /// <remarks>Optimised at once: a first call can be long, and vectors without optimisation take fifty times as long.</remarks>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static (int Read, int Decoded) Loop(
            ulong* entries, ushort* low, ushort* high, int lanes, byte* words, int lastWord, byte* symbols, int lastSymbol)
        {
            byte* spread = WordMasks.Spread;
            ushort* next = (ushort*)words;
            byte* to = symbols;
            while ((byte*)next - words <= lastWord && to - symbols <= lastSymbol)
            {
                for (int lane = 0; lane < lanes; lane += TWords.Count)
                {
                    Step(entries, spread, low + lane, high + lane, ref next, to + lane);
                }

                to += lanes;
            }

            return ((int)((byte*)next - words), (int)(to - symbols));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(ulong* entries, byte* spread, ushort* low, ushort* high, ref ushort* next, byte* symbols)
        {
            TWords.LoadEntries<LowByteKeys>(
                entries, (byte*)low, out TVector split, out TVector adjust, out TVector ownF, out TVector aliasF);
            TVector state = TWords.Load(low);
            TVector byteMask = TWords.Broadcast(0xFF);
            TVector remainder = TWords.High(state);
            TVector own = TWords.IsAbove(TWords.And(split, byteMask), remainder);
            TVector symbol = TWords.Select(own, TWords.And(state, byteMask), TWords.High(split));
            TVector rank = TWords.Add(remainder, TWords.AndNot(adjust, own));
            TVector frequency = TWords.Select(own, ownF, aliasF);
            TWords.StoreBytes(symbol, symbols);

            TVector oldHigh = TWords.Load(high);
            TVector newLow = TWords.Add(TWords.MultiplyLow(frequency, oldHigh), rank);
            TVector newHigh = TWords.Add(
                TWords.Add(TWords.MultiplyHigh(frequency, oldHigh), TWords.Broadcast(1)), TWords.IsAtLeast(newLow, rank));
            TWords.Refill(ref newLow, ref newHigh, spread, ref next);
            TWords.Store(newLow, low);
            TWords.Store(newHigh, high);
        }
    }
}
