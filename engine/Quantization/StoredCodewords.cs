using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>Codewords in the form in which they are kept and gathered.</summary>
sealed class StoredCodewords
{
    const int Int8Limit = 127;

    readonly int dimensions;
    readonly float[] singles = [];
    readonly ushort[] bfloats = [];
    readonly sbyte[] bytes = [];

    /// <summary>Shape [codewords] for int8: what an element of a codeword is multiplied by.</summary>
    readonly float[] scales = [];

    StoredCodewords(CodewordStorage storage, int dimensions, ReadOnlySpan<float> codewords)
    {
        Storage = storage;
        this.dimensions = dimensions;
        switch (storage)
        {
            case CodewordStorage.Single:
                singles = codewords.ToArray();
                break;
            case CodewordStorage.BFloat16:
                bfloats = new ushort[codewords.Length];
                RoundToBFloat16(codewords);
                break;
            case CodewordStorage.Int8:
                bytes = new sbyte[codewords.Length];
                scales = new float[codewords.Length / dimensions];
                RoundToInt8(codewords);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(storage), storage, "There is no such storage.");
        }
    }

    public CodewordStorage Storage { get; }

    /// <exception cref="ArgumentException">An element rounds to infinity, or there is no such storage.</exception>
    public static StoredCodewords Make(CodewordStorage storage, int dimensions, ReadOnlySpan<float> codewords) =>
        new(storage, dimensions, codewords);

    /// <summary>One codeword in float32.</summary>
    public void Copy(int code, Span<float> destination)
    {
        int first = code * dimensions;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Storage switch
            {
                CodewordStorage.Single => singles[first + i],
                CodewordStorage.BFloat16 => BitConverter.UInt32BitsToSingle((uint)bfloats[first + i] << 16),
                _ => bytes[first + i] * scales[code],
            };
        }
    }

    void RoundToBFloat16(ReadOnlySpan<float> codewords)
    {
        for (int i = 0; i < codewords.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(codewords[i]);
            bfloats[i] = (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
            if ((bfloats[i] & 0x7F80) == 0x7F80)
            {
                throw new ArgumentException(
                    $"Element {i % dimensions} of codeword {i / dimensions} rounds to infinity in bfloat16.", nameof(codewords));
            }
        }
    }

    void RoundToInt8(ReadOnlySpan<float> codewords)
    {
        for (int code = 0; code < scales.Length; code++)
        {
            ReadOnlySpan<float> codeword = codewords.Slice(code * dimensions, dimensions);
            float greatest = 0;
            foreach (float element in codeword)
            {
                greatest = Math.Max(greatest, Math.Abs(element));
            }

            scales[code] = greatest / Int8Limit;
            for (int i = 0; i < dimensions; i++)
            {
                double levels = scales[code] == 0 ? 0 : Math.Round((double)codeword[i] / scales[code], MidpointRounding.ToEven);
                bytes[code * dimensions + i] = (sbyte)Math.Clamp(levels, -Int8Limit, Int8Limit);
            }
        }
    }
}
