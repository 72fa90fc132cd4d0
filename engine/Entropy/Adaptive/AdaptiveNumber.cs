using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lacuna.Entropy;

/// <summary>The probabilities of a number of any size, such as a count or a length: which bit length, and which half of it.</summary>
/// <remarks>
/// <para>
/// An Exp-Golomb code whose first two parts learn: the bit length is an <see cref="AdaptiveSymbol"/>, the bit after the leading 1 an
/// <see cref="AdaptiveBit"/> for each length; the bits below are equally likely. For a signed number code
/// <c>(n &lt;&lt; 1) ^ (n >> 31)</c>.
/// </para>
/// <para>Source: docs/format.md, section 7.2.</para>
/// </remarks>
public sealed class AdaptiveNumber
{
    /// <summary>The largest bit length.</summary>
    internal const int MaxLength = 32;

    /// <summary>This value of <see cref="Lengths"/> stands for the lengths from here on.</summary>
    internal const int LongLength = 15;

    /// <summary>Bits in which a long length is written.</summary>
    internal const int LongLengthBits = 5;

    SecondBits secondBits;
    AdaptiveSymbol lengths = new(LongLength + 1);

    [InlineArray(MaxLength + 1)]
    struct SecondBits
    {
        AdaptiveBit first;
    }

    /// <summary>The bit length, up to <see cref="LongLength"/>.</summary>
    internal ref AdaptiveSymbol Lengths => ref lengths;

    /// <summary>The bit length of a number: 0 for 0, 32 at most.</summary>
    internal static int Length(uint value) => MaxLength - BitOperations.LeadingZeroCount(value);

    /// <summary>The bit after the leading 1.</summary>
    /// <param name="length">2 to 32.</param>
    internal ref AdaptiveBit SecondBit(int length) => ref secondBits[length];
}
