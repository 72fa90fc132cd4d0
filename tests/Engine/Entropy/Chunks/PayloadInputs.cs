using System.Buffers.Binary;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy.Chunks;

/// <summary>What compressors are fed: made by integer arithmetic, the same on every machine.</summary>
static class PayloadInputs
{
    public static byte[] Noise(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Words of a small vocabulary: strings that come again.</summary>
    public static byte[] Text(int count, int seed = 1)
    {
        string[] words = ["alias ", "lane ", "state ", "symbol ", "slot, ", "word ", "bucket ", "table. ", "of the ", "and a "];
        var random = new Random(seed);
        var bytes = new List<byte>();
        while (bytes.Count < count)
        {
            bytes.AddRange(words[random.Next(words.Length)].Select(letter => (byte)letter));
        }

        return [.. bytes.Take(count)];
    }

    /// <summary>Values near the middle, each drawn by itself: about 4 bits a byte.</summary>
    public static byte[] Bell(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)(128 + (Enumerable.Range(0, 8).Sum(_ => random.Next(-7, 8)) / 5)))];
    }

    /// <summary>Values whose middle wanders.</summary>
    public static byte[] Drift(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => (byte)((i / 512 * 37) + random.Next(-1, 2) + random.Next(-1, 2)))];
    }

    /// <summary>Normal deviates with a deviation of about 0.02.</summary>
    public static byte[] Floats(int count, FloatKind kind, int seed = 1)
    {
        var random = new Random(seed);
        int width = kind == FloatKind.Float32 ? 4 : 2;
        var bytes = new byte[count * width];
        for (int i = 0; i < count; i++)
        {
            float value = Enumerable.Range(0, 12).Sum(_ => random.Next(1 << 20)) / (float)(1 << 20) * 0.02f - 0.12f;
            Span<byte> at = bytes.AsSpan(i * width);
            if (kind == FloatKind.Float32)
            {
                BinaryPrimitives.WriteSingleLittleEndian(at, value);
            }
            else if (kind == FloatKind.Float16)
            {
                BinaryPrimitives.WriteHalfLittleEndian(at, (Half)value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
            }
        }

        return bytes;
    }

    /// <summary>One of each, with the method that suits it.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> All(int count) =>
    [
        ("noise", Noise(count)),
        ("text", Text(count)),
        ("bell", Bell(count)),
        ("drift", Drift(count)),
        ("zeros", new byte[count]),
        ("bfloat16", Floats(count / 2, FloatKind.BFloat16)),
        ("float16", Floats(count / 2, FloatKind.Float16)),
        ("float32", Floats(count / 4, FloatKind.Float32)),
    ];
}
