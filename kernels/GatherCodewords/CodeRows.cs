using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>How <see cref="CodeRows"/> keeps the elements of codewords.</summary>
public enum CodewordStorage
{
    /// <summary>4 bytes an element, as given.</summary>
    Single = 0,

    /// <summary>2 bytes an element: the upper half of a float32, rounded half to even.</summary>
    BFloat16 = 1,

    /// <summary>1 byte an element, and one scale a codeword: <c>q * scale</c>, q from -127 to 127.</summary>
    Int8 = 2,
}

/// <summary>The codewords that <see cref="GatherCodewords"/> reads, one after the other, rounded to how they are kept.</summary>
/// <remarks>It never changes after it is made: threads may share it.</remarks>
public sealed unsafe class CodeRows
{
    const int Int8Limit = 127;

    readonly AlignedArray elements;

    /// <summary>Shape [codewords] for int8, what an element is multiplied by; empty else, where that is 1.</summary>
    readonly AlignedArray scales;

    /// <summary>Rounds and keeps codewords.</summary>
    /// <param name="dimensions">Elements of a codeword, at least 1.</param>
    /// <param name="codewords">Shape [codewords, dimensions], at least one codeword; copied. Finite, but for Single any bits.</param>
    /// <param name="storage">How they are kept.</param>
    /// <exception cref="ArgumentException">
    /// There are no dimensions or no codewords, the length is no whole number of codewords, there is no such storage, or an
    /// element is not finite, or rounds to infinity, where the storage cannot hold that.
    /// </exception>
    public CodeRows(int dimensions, ReadOnlySpan<float> codewords, CodewordStorage storage = CodewordStorage.Single)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(codewords.Length, dimensions, nameof(codewords));
        if (codewords.Length % dimensions != 0)
        {
            throw new ArgumentException($"{codewords.Length} elements are no whole codewords of {dimensions}.", nameof(codewords));
        }

        Storage = storage is >= CodewordStorage.Single and <= CodewordStorage.Int8
            ? storage
            : throw new ArgumentOutOfRangeException(nameof(storage), storage, "There is no such storage.");
        Dimensions = dimensions;
        Count = codewords.Length / dimensions;
        long bytes = (long)codewords.Length * ElementBytes;
        elements = new AlignedArray((int)((bytes + sizeof(float) - 1) / sizeof(float)));
        scales = new AlignedArray(storage == CodewordStorage.Int8 ? Count : 0);
        switch (storage)
        {
            case CodewordStorage.Single:
                codewords.CopyTo(elements.Span);
                break;
            case CodewordStorage.BFloat16:
                RoundToBFloat16(codewords);
                break;
            default:
                RoundToInt8(codewords);
                break;
        }
    }

    /// <summary>How elements are kept.</summary>
    public CodewordStorage Storage { get; }

    /// <summary>Elements of a codeword.</summary>
    public int Dimensions { get; }

    /// <summary>Codewords.</summary>
    public int Count { get; }

    /// <summary>Bytes of an element.</summary>
    internal int ElementBytes => Storage switch { CodewordStorage.Single => 4, CodewordStorage.BFloat16 => 2, _ => 1 };

    /// <summary>Shape [codewords, dimensions] of floats, upper halves of floats or signed bytes; never moves while this lives.</summary>
    internal byte* Elements => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(elements.Span));

    /// <summary>Shape [codewords]; null where every scale is 1.</summary>
    internal float* Scales => scales.Count == 0 ? null : (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(scales.Span));

    /// <summary>One element in float32, as every variant computes it.</summary>
    internal float Value(int code, int dimension)
    {
        int at = code * Dimensions + dimension;
        return Storage switch
        {
            CodewordStorage.Single => elements.Span[at],
            CodewordStorage.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BFloats[at] << 16),
            _ => Bytes[at] * scales.Span[code],
        };
    }

    Span<ushort> BFloats => MemoryMarshal.Cast<float, ushort>(elements.Span);

    Span<sbyte> Bytes => MemoryMarshal.Cast<float, sbyte>(elements.Span);

    void RoundToBFloat16(ReadOnlySpan<float> codewords)
    {
        Span<ushort> rounded = BFloats;
        for (int i = 0; i < codewords.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(codewords[i]);
            rounded[i] = (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
            if (!float.IsFinite(codewords[i]) || (rounded[i] & 0x7F80) == 0x7F80)
            {
                throw NotHeld(i, nameof(codewords));
            }
        }
    }

    void RoundToInt8(ReadOnlySpan<float> codewords)
    {
        Span<sbyte> rounded = Bytes;
        for (int code = 0; code < Count; code++)
        {
            float greatest = 0;
            for (int i = code * Dimensions; i < (code + 1) * Dimensions; i++)
            {
                greatest = float.IsFinite(codewords[i])
                    ? Math.Max(greatest, Math.Abs(codewords[i]))
                    : throw NotHeld(i, nameof(codewords));
            }

            float scale = greatest / Int8Limit;
            scales.Span[code] = scale;
            for (int i = code * Dimensions; i < (code + 1) * Dimensions; i++)
            {
                double steps = scale == 0 ? 0 : Math.Round((double)codewords[i] / scale, MidpointRounding.ToEven);
                rounded[i] = (sbyte)Math.Clamp(steps, -Int8Limit, Int8Limit);
            }
        }
    }

    ArgumentException NotHeld(int element, string name) =>
        new($"Element {element % Dimensions} of codeword {element / Dimensions} is not finite as {Storage}.", name);
}
