using System.Numerics;

namespace Lacuna.Quantization;

/// <summary>Splits large indices into digits, each with a range of its own, and joins them: tokens of implied codebooks.</summary>
/// <remarks>
/// <code>
/// index = digit[0] + radix[0] (digit[1] + radix[1] (digit[2] + ...))
/// </code>
/// With the levels of a <see cref="Kernels.FiniteScalarGrid"/> as radices the digits are the levels of the dimensions.
/// </remarks>
public static class MixedRadix
{
    /// <summary>Splits indices.</summary>
    /// <param name="indices">Shape [count]; each 0 to the product of the radices less 1.</param>
    /// <param name="radices">Shape [digits], each 2 or more, their product at most 2^63 - 1.</param>
    /// <param name="digits">Shape [count, digits].</param>
    /// <exception cref="ArgumentException">Lengths do not agree, or a number is out of range.</exception>
    public static void Split(ReadOnlySpan<long> indices, ReadOnlySpan<int> radices, Span<int> digits)
    {
        long product = Check(indices.Length, radices, digits.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            long rest = indices[i];
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)rest, (ulong)product, nameof(indices));
            for (int j = 0; j < radices.Length; j++)
            {
                (rest, long digit) = Math.DivRem(rest, radices[j]);
                digits[i * radices.Length + j] = (int)digit;
            }
        }
    }

    /// <summary>Joins digits.</summary>
    /// <param name="digits">Shape [count, digits]; each 0 to its radix less 1.</param>
    /// <param name="radices">As for <see cref="Split"/>.</param>
    /// <param name="indices">Shape [count].</param>
    /// <exception cref="ArgumentException">Lengths do not agree, or a number is out of range.</exception>
    public static void Join(ReadOnlySpan<int> digits, ReadOnlySpan<int> radices, Span<long> indices)
    {
        Check(indices.Length, radices, digits.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            long index = 0;
            for (int j = radices.Length - 1; j >= 0; j--)
            {
                int digit = digits[i * radices.Length + j];
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)digit, (uint)radices[j], nameof(digits));
                index = index * radices[j] + digit;
            }

            indices[i] = index;
        }
    }

    /// <summary>Powers of two of at most 8 bits each whose product is 2 to the power <paramref name="bits"/>.</summary>
    /// <param name="bits">1 to 62.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static int[] BytesOf(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 62);
        return Sequence.Of((bits + 7) / 8, i => 1 << Math.Min(8, bits - 8 * i));
    }

    static long Check(int count, ReadOnlySpan<int> radices, int digitCount)
    {
        ArgumentOutOfRangeException.ThrowIfZero(radices.Length, nameof(radices));
        ArgumentOutOfRangeException.ThrowIfNotEqual(digitCount, (long)count * radices.Length, nameof(digitCount));
        BigInteger product = 1;
        foreach (int radix in radices)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(radix, 2, nameof(radices));
            product *= radix;
        }

        return product <= long.MaxValue
            ? (long)product
            : throw new ArgumentOutOfRangeException(nameof(radices), "The radices are too large.");
    }
}
