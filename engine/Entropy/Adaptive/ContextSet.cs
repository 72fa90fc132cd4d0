namespace Lacuna.Entropy;

/// <summary>Contexts told by number, each of a kind of its own: what <see cref="ContextCode"/> codes with.</summary>
/// <remarks>
/// A kind is one byte: <see cref="Number"/>, <see cref="Equal"/>, <see cref="Bit"/>, or 3 to 16 for a symbol of so many values. Memory: 12
/// bytes a bit, 36 a symbol, some 450 a number.
/// </remarks>
public sealed class ContextSet
{
    /// <summary>Most contexts of a set.</summary>
    public const int MaxCount = 1 << 20;

    /// <summary>The kind of any 32-bit number, by an <see cref="AdaptiveNumber"/>.</summary>
    public const byte Number = 0;

    /// <summary>The kind of 16 bits that are equally likely.</summary>
    public const byte Equal = 1;

    /// <summary>The kind of 0 or 1, by an <see cref="AdaptiveBit"/>.</summary>
    public const byte Bit = 2;

    /// <summary>The most values of a symbol.</summary>
    public const byte MaxValues = 16;

    internal const int EqualBits = 16;

    readonly byte[] kinds;
    readonly int[] places;
    readonly AdaptiveBit[] bits;
    readonly AdaptiveSymbol[] symbols;
    readonly AdaptiveNumber[] numbers;

    /// <summary>Makes new contexts.</summary>
    /// <param name="kinds">The kind of each, 1 to <see cref="MaxCount"/> of them; copied.</param>
    /// <exception cref="ArgumentException">There are none or too many, or a kind is above 16.</exception>
    public ContextSet(ReadOnlySpan<byte> kinds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(kinds.Length, nameof(kinds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kinds.Length, MaxCount, nameof(kinds));
        this.kinds = kinds.ToArray();
        places = new int[kinds.Length];
        (int bitCount, int symbolCount, int numberCount) = (0, 0, 0);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = kinds[i] switch
            {
                Number => numberCount++,
                Equal => 0,
                Bit => bitCount++,
                <= MaxValues => symbolCount++,
                _ => throw new ArgumentException($"Context {i} is of kind {kinds[i]}; kinds are 0 to {MaxValues}."),
            };
        }

        (bits, symbols, numbers) = (new AdaptiveBit[bitCount], new AdaptiveSymbol[symbolCount], new AdaptiveNumber[numberCount]);
        Restart();
    }

    /// <summary>Number of contexts.</summary>
    public int Count => kinds.Length;

    /// <summary>Makes all contexts new.</summary>
    public void Restart()
    {
        bits.AsSpan().Clear();
        for (int i = 0; i < kinds.Length; i++)
        {
            switch (kinds[i])
            {
                case Number:
                    numbers[places[i]] = new AdaptiveNumber();
                    break;
                case > Bit:
                    symbols[places[i]] = new AdaptiveSymbol(kinds[i]);
                    break;
            }
        }
    }

    /// <summary>Throws unless every symbol has a context that can code it.</summary>
    internal void Check(ReadOnlySpan<uint> contexts, ReadOnlySpan<uint> values)
    {
        for (int i = 0; i < contexts.Length; i++)
        {
            byte kind = KindOf(contexts, i);
            uint most = kind switch { Number => uint.MaxValue, Equal => ushort.MaxValue, _ => (uint)kind - 1 };
            if (values[i] > most)
            {
                throw new ArgumentException($"Symbol {i} is {values[i]}; its context {contexts[i]} holds 0 to {most}.");
            }
        }
    }

    /// <summary>Throws unless every context is there.</summary>
    internal void Check(ReadOnlySpan<uint> contexts)
    {
        for (int i = 0; i < contexts.Length; i++)
        {
            KindOf(contexts, i);
        }
    }

    internal void Encode(ref AdaptiveEncoder encoder, uint context, uint value)
    {
        int place = places[context];
        switch (kinds[context])
        {
            case Number:
                encoder.Encode(numbers[place], value);
                break;
            case Equal:
                encoder.EncodeEqual(value, EqualBits);
                break;
            case Bit:
                encoder.Encode(ref bits[place], (int)value);
                break;
            default:
                encoder.Encode(ref symbols[place], (int)value);
                break;
        }
    }

    internal uint Decode(ref AdaptiveDecoder decoder, uint context)
    {
        int place = places[context];
        return kinds[context] switch
        {
            Number => decoder.Decode(numbers[place]),
            Equal => decoder.DecodeEqual(EqualBits),
            Bit => (uint)decoder.Decode(ref bits[place]),
            _ => (uint)decoder.Decode(ref symbols[place]),
        };
    }

    byte KindOf(ReadOnlySpan<uint> contexts, int i) => contexts[i] < (uint)kinds.Length
        ? kinds[contexts[i]]
        : throw new ArgumentException($"Symbol {i} is in context {contexts[i]} of {kinds.Length}.");
}
