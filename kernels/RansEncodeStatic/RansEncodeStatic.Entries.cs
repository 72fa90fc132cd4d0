using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class RansEncodeStatic
{
    /// <summary>Looks entries up one by one and does the rest a vector of lanes at a time.</summary>
    readonly struct Entries<TWords, TVector> : IGroup
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        public static int Lanes => TWords.Count;

        public static byte* Prepare(ulong* entries, byte* room) => (byte*)entries;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step(byte* entries, byte* shuffles, byte* symbols, ushort* low, ushort* high, ref ushort* end)
        {
            TWords.LoadEntries(
                (ulong*)entries, symbols, 1, out TVector frequency, out TVector start, out TVector reciprocal, out TVector power);
            TVector lowPart = TWords.Load(low);
            TVector highPart = TWords.Load(high);
            TVector full = TWords.IsAtLeast(highPart, frequency);
            TWords.Gather(lowPart, full, shuffles, ref end);
            lowPart = TWords.Select(full, highPart, lowPart);
            highPart = TWords.AndNot(highPart, full);

            TVector quotient = Divide(lowPart, highPart, frequency, reciprocal, power);
            TVector rank = TWords.Subtract(lowPart, TWords.MultiplyLow(quotient, frequency));
            TWords.Store(quotient, high);
            TWords.Store(TWords.Add(start, rank), low);
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
