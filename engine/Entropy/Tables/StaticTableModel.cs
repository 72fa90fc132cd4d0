using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lacuna.Entropy;

/// <summary>Codes the frequencies of a table one after the other: distributions are smooth, and symbols come in runs.</summary>
/// <remarks>
/// <code>
///   occurs     context: whether the two symbols before occur
///   length     floor(log2 f), as the step from that of the last symbol that occurs (8 at first): none?  up?  and its size in unary;
///              context: whether the last step was none, up or down
///   low bits   min(precision, length) bits below the leading 1, equally likely; the others are 0
/// </code>
/// <para>Source: docs/format.md, section 4.6.</para>
/// </remarks>
struct StaticTableModel
{
    const int FirstLength = 8;
    const int MaxLength = 15;

    Contexts contexts;
    int history;
    int length = FirstLength;
    int trend;

    /// <summary>Makes the contexts of a new table.</summary>
    public StaticTableModel()
    {
    }

    /// <summary>Whether all lengths so far were possible ones.</summary>
    public bool IsValid { get; private set; } = true;

    [UnscopedRef]
    Span<AdaptiveBit> Occurs => Part(0, 4);

    [UnscopedRef]
    Span<AdaptiveBit> IsStep => Part(4, 3);

    [UnscopedRef]
    Span<AdaptiveBit> IsDown => Part(7, 3);

    [UnscopedRef]
    Span<AdaptiveBit> IsLonger => Part(10, Contexts.Count - 10);

    /// <summary>Codes a frequency that is a multiple of what the precision leaves.</summary>
    public void Encode(ref AdaptiveEncoder encoder, int frequency, int precision)
    {
        encoder.Encode(ref Occurs[history], frequency > 0 ? 1 : 0);
        history = ((history << 1) & 3) | (frequency > 0 ? 1 : 0);
        if (frequency == 0)
        {
            return;
        }

        int step = BitOperations.Log2((uint)frequency) - length;
        encoder.Encode(ref IsStep[trend], step != 0 ? 1 : 0);
        if (step != 0)
        {
            encoder.Encode(ref IsDown[trend], step < 0 ? 1 : 0);
            for (int size = 1; size < MaxLength; size++)
            {
                int more = size < Math.Abs(step) ? 1 : 0;
                encoder.Encode(ref IsLonger[Math.Min(size, IsLonger.Length) - 1], more);
                if (more == 0)
                {
                    break;
                }
            }
        }

        Learn(step);
        int bits = Math.Min(precision, length);
        encoder.EncodeEqual((uint)(frequency - (1 << length)) >> (length - bits), bits);
    }

    /// <summary>Decodes a frequency; 0 once there was an impossible length.</summary>
    public int Decode(ref AdaptiveDecoder decoder, int precision)
    {
        int occurs = decoder.Decode(ref Occurs[history]);
        history = ((history << 1) & 3) | occurs;
        if (occurs == 0)
        {
            return 0;
        }

        int step = decoder.Decode(ref IsStep[trend]);
        if (step != 0)
        {
            bool down = decoder.Decode(ref IsDown[trend]) != 0;
            while (step < MaxLength && decoder.Decode(ref IsLonger[Math.Min(step, IsLonger.Length) - 1]) != 0)
            {
                step++;
            }

            step = down ? -step : step;
        }

        Learn(step);
        if (!IsValid)
        {
            return 0;
        }

        int bits = Math.Min(precision, length);
        return (1 << length) + (int)(decoder.DecodeEqual(bits) << (length - bits));
    }

    void Learn(int step)
    {
        length += step;
        IsValid &= length is >= 0 and <= MaxLength;
        length = Math.Clamp(length, 0, MaxLength);
        trend = step == 0 ? 0 : step > 0 ? 1 : 2;
    }

    [UnscopedRef]
    Span<AdaptiveBit> Part(int first, int count) => ((Span<AdaptiveBit>)contexts).Slice(first, count);

    [InlineArray(Count)]
    struct Contexts
    {
        public const int Count = 14;

        AdaptiveBit first;
    }
}
