using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>Divides 32-bit rANS states by frequencies of 16 bits, a vector of lanes at a time.</summary>
static class WordDivision
{
    /// <summary>Algorithm 4 of Granlund and Moller, the divisor and the dividend scaled so that the divisor has 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Quotient<TWords, TVector>(
        TVector low, TVector high, TVector frequency, TVector reciprocal, TVector power)
        where TWords : IWords<TVector>
        where TVector : unmanaged
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
