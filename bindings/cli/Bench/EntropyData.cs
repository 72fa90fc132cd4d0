using System.Buffers.Binary;
using Lacuna.Entropy;

namespace Lacuna.Cli.Bench;

/// <summary>What entropy coders are measured on: drawn with a fixed seed, the same in every run.</summary>
static class EntropyData
{
    /// <summary>Bytes of a block that is coded at once.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Deviations of the tables of <see cref="IndexedTables"/>: a geometric row between these.</summary>
    const double FirstDeviation = 0.11, LastDeviation = 16;

    const int Tables = 64;

    /// <summary>Mean of the exponential choice of tables.</summary>
    const double NarrowMean = 12.36;

    /// <summary>64 Gaussian tables whose information is 2.62 bits a symbol on average.</summary>
    public static TableSet IndexedTables { get; } = new([.. Enumerable.Range(0, Tables).Select(i => GaussianTables.Make(Deviation(i)))]);

    /// <summary>Independent quantised Gaussians around 128.</summary>
    /// <param name="bits">Information of a byte: 2, 4 or 6 bits.</param>
    /// <param name="count">Bytes.</param>
    public static byte[] Gaussian(double bits, int count)
    {
        // The entropy of a quantised Gaussian of deviation d is about log2(d sqrt(2 pi e)).
        double deviation = Math.Pow(2, bits) / Math.Sqrt(2 * Math.PI * Math.E);
        var random = new Random(1);
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)Math.Clamp(128 + Math.Round(deviation * Normal(random)), 0, 255);
        }

        return bytes;
    }

    /// <summary>Symbols under tables of their own.</summary>
    /// <param name="narrow">Whether narrow tables prevail (0.66 bits a symbol) or all are as frequent (2.62).</param>
    /// <param name="count">Symbols.</param>
    public static (byte[] Indices, short[] Symbols) Indexed(bool narrow, int count)
    {
        var random = new Random(1);
        var indices = new byte[count];
        var symbols = new short[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = (byte)(narrow ? Exponential(random) : random.Next(Tables));
            symbols[i] = (short)Math.Round(Deviation(indices[i]) * Normal(random));
        }

        return (indices, symbols);
    }

    /// <summary>A tensor of bfloat16, normal with a deviation of 0.02, truncated from float32.</summary>
    /// <param name="bytes">Bytes of the tensor.</param>
    public static byte[] BFloat16(int bytes)
    {
        var random = new Random(1);
        var tensor = new byte[bytes];
        for (int i = 0; i < bytes; i += sizeof(ushort))
        {
            uint value = BitConverter.SingleToUInt32Bits((float)(0.02 * Normal(random)));
            BinaryPrimitives.WriteUInt16LittleEndian(tensor.AsSpan(i), (ushort)(value >> 16));
        }

        return tensor;
    }

    /// <summary>Words drawn from a vocabulary in which few are frequent: what LZ4 is for.</summary>
    public static byte[] Text(int count)
    {
        var random = new Random(1);
        byte[][] words = [.. Enumerable.Range(0, 2000).Select(_ => Word(random))];
        var text = new byte[count];
        for (int at = 0; at < count;)
        {
            byte[] word = words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))];
            int length = Math.Min(word.Length, count - at);
            word.AsSpan(0, length).CopyTo(text.AsSpan(at));
            at += length;
        }

        return text;
    }

    static byte[] Word(Random random) =>
        [.. Enumerable.Range(0, random.Next(2, 10)).Select(_ => (byte)('a' + random.Next(26))), (byte)' '];

    static double Deviation(int table) => FirstDeviation * Math.Pow(LastDeviation / FirstDeviation, table / (Tables - 1.0));

    static int Exponential(Random random)
    {
        int table;
        do
        {
            table = (int)(-NarrowMean * Math.Log(1 - random.NextDouble()));
        }
        while (table >= Tables);
        return table;
    }

    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
