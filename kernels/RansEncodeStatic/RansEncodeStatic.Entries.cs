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
            TWords.LoadEntries(
                entries, symbols, 1, out TVector frequency, out TVector start, out TVector reciprocal, out TVector power);
            TVector lowPart = TWords.Load(low);
            TVector highPart = TWords.Load(high);
            TVector full = TWords.IsAtLeast(highPart, frequency);
            TWords.Gather(lowPart, full, shuffles, ref end);
            lowPart = TWords.Select(full, highPart, lowPart);
            highPart = TWords.AndNot(highPart, full);

            TVector quotient = Divide(lowPart, highPart, frequency, reciprocal, power);
            TVector rank = TWords.Subtract(lowPart, TWords.MultiplyLow(quotient, frequency));
            TWords.Store(quotient, high);
            TWords.Store(TWords.LookUp(slots, TWords.Add(start, rank)), low);
        }

        /// <summary>Algorithm 4 of Granlund and Moller, the divisor and the dividend scaled so that the divisor has 16 bits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector Divide(TVector low, TVector high, TVector frequency, TVector reciprocal, TVector power)
        {
            TVector divisor = TWords.MultiplyLow(frequency, power);
            TVector u0 = TWords.MultiplyLow(low, power);
            TVector u1 = TWords.Add(TWords.MultiplyLow(high, power), TWords.MultiplyHigh(low, power));
            TVector fraction = TWords.Add(TWords.MultiplyLow(reciprocal, u1), u0);
            TVector noCarry = TWords.IsAtLeast(fraction, u0);
            TVector quotient = TWords.Add(TWords.Add(TWords.MultiplyHigh(reciprocal, u1), u1), TWords.Add(noCarry, TWords.Broadcast(1)));

            // The quotient is this or one more; in rare cases two more.
            TVector remainder = TWords.Subtract(u0, TWords.MultiplyLow(quotient, divisor));
            TVector smaller = TWords.Subtract(remainder, divisor);
            TVector more = TWords.IsAtLeast(fraction, smaller);
            remainder = TWords.Select(more, smaller, remainder);
            quotient = TWords.Subtract(quotient, more);
            return TWords.Subtract(quotient, TWords.IsAtLeast(remainder, divisor));
        }
    }
}
