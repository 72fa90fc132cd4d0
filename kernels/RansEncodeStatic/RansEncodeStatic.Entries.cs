using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static partial class RansEncodeStatic
{
    /// <summary>Looks entries and slots up one by one and does the rest a vector of lanes at a time.</summary>
    /// <remarks>States lie in memory as two planes, so any number of lanes that is a multiple of the vector's will do.</remarks>
    readonly unsafe struct Entries<TWords, TVector> : IGroups
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        public static bool Takes(int lanes) => lanes % TWords.Count == 0 && lanes <= LanePlanes.MaxLanes;

        [SkipLocalsInit]
        public static int Encode(
            ReadOnlySpan<ulong> entries, ReadOnlySpan<ushort> slots, ReadOnlySpan<byte> symbols, Span<uint> states, Span<byte> words)
        {
            ushort* low = stackalloc ushort[LanePlanes.MaxLanes];
            ushort* high = stackalloc ushort[LanePlanes.MaxLanes];
            LanePlanes.Split(states, low, high);
            int written;
            fixed (ulong* table = entries)
            fixed (ushort* slot = slots)
            fixed (byte* source = symbols, destination = words)
            {
                byte* end = destination + words.Length;
                written = (int)(end - Loop(table, slot, source, source + symbols.Length, low, high, states.Length, end));
            }

            LanePlanes.Join(low, high, states);
            return written;
        }

        /// <returns>The first word written.</returns>
        static byte* Loop(
            ulong* entries, ushort* slots, byte* firstSymbol, byte* symbol, ushort* low, ushort* high, int lanes, byte* words)
        {
            byte* shuffles = WordMasks.Gather;
            var end = (ushort*)words;
            while (symbol > firstSymbol)
            {
                for (int lane = lanes - TWords.Count; lane >= 0; lane -= TWords.Count)
                {
                    symbol -= TWords.Count;
                    Step(entries, slots, shuffles, symbol, low + lane, high + lane, ref end);
                }
            }

            return (byte*)end;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(ulong* entries, ushort* slots, byte* shuffles, byte* symbols, ushort* low, ushort* high, ref ushort* end)
        {
            TWords.LoadEntries<ByteKeys>(
                entries, symbols, out TVector frequency, out TVector start, out TVector reciprocal, out TVector power);
            TVector lowPart = TWords.Load(low);
            TVector highPart = TWords.Load(high);
            TVector full = TWords.IsAtLeast(highPart, frequency);
            TWords.Gather(lowPart, full, shuffles, ref end);
            lowPart = TWords.Select(full, highPart, lowPart);
            highPart = TWords.AndNot(highPart, full);

            TVector quotient = WordDivision.Quotient<TWords, TVector>(lowPart, highPart, frequency, reciprocal, power);
            TVector rank = TWords.Subtract(lowPart, TWords.MultiplyLow(quotient, frequency));
            TWords.Store(quotient, high);
            TWords.Store(TWords.LookUp(slots, TWords.Add(start, rank)), low);
        }
    }
}
