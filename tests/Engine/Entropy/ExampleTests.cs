using System.Buffers;
using Lacuna.Entropy;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Engine.Entropy.Chunks;

namespace Lacuna.Tests.Engine.Entropy;

/// <summary>The examples of docs/entropy.md, word for word.</summary>
public class ExampleTests
{
    [Fact]
    public void Every_example_of_the_document_is_run_here()
    {
        string code = Flat(Repository.Lines("tests/Engine/Entropy/ExampleTests.cs"));
        string[] parts = string.Join('\n', Repository.Lines("docs/entropy.md")).Split("```csharp\n");
        Assert.Equal(7, parts.Length);
        Assert.All(parts[1..], part => Assert.Contains(Flat(part[..part.IndexOf("```", StringComparison.Ordinal)].Split('\n')), code));
    }

    [Fact]
    public void Bytes_in_one_go()
    {
        byte[] payload = Compressor.Compress("aaaaaaa"u8);
        Assert.Equal("4C41439A00020701613984FF030007003F6A091A", Convert.ToHexString(payload));
    }

    [Fact]
    public void A_tensor()
    {
        byte[] tensor = PayloadInputs.Floats(5000, FloatKind.BFloat16);

        var options = new CompressorOptions { Method = CompressionMethod.Floats, FloatKind = FloatKind.BFloat16, Threads = 2 };
        using var compressor = new Compressor(options);
        using var decompressor = new Decompressor(new DecompressorOptions { MaxBytes = 1 << 20, Threads = 2 });

        byte[] payload = new byte[Compressor.MaxCompressedBytes(tensor.Length, options)];
        CompressionStatus status = compressor.Compress(tensor, payload, out int written);
        Assert.Equal(CompressionStatus.Done, status);
        Assert.Equal(CompressionStatus.Done, Decompressor.TryReadInfo(payload.AsSpan(0, written), out CompressedInfo info));

        byte[] back = new byte[info.Bytes];
        DecompressResult result = decompressor.Decompress(payload.AsSpan(0, written), back);
        Assert.Equal(new DecompressResult(CompressionStatus.Done, tensor.Length, written), result);
        Assert.Equal(tensor, back);

        Assert.InRange(written, tensor.Length * 60 / 100, tensor.Length * 70 / 100);
    }

    [Fact]
    public void One_distribution()
    {
        byte[] message = "abracadabra, abracadabra, abracadabra"u8.ToArray();
        var table = new StaticTable(); // keep it: it is 133 KiB, and made for block after block
        byte[] coded = new byte[StaticRansEncoder.MaxEncodedBytes(message.Length)];
        StaticRansEncoder.EncodeBlock(table, message, coded, out int written);

        byte[] back = new byte[message.Length];
        Assert.Equal(OperationStatus.Done, StaticRansDecoder.DecodeBlock(table, coded.AsSpan(0, written), back));
        Assert.Equal(message, back);
    }

    [Fact]
    public void A_distribution_a_symbol()
    {
        byte[] tables = [20, 20, 30, 40, 63, 0, 0, 10]; // one of 64 Gaussians for each symbol
        short[] symbols = [0, -1, 3, -17, 300, 0, 1000, 0]; // 1000 is far outside its table
        byte[] coded = new byte[IndexedRansEncoder.MaxEncodedBytes(symbols.Length)];
        IndexedRansEncoder.Encode(TableSet.Gaussian, tables, symbols, coded, out int written);
        Assert.Equal("110DE5F7B20582E803", Convert.ToHexString(coded, 0, written));

        short[] back = new short[symbols.Length];
        var decoder = new IndexedRansDecoder(TableSet.Gaussian, coded.AsSpan(0, written), symbols.Length);
        decoder.Decode(tables, back);
        Assert.Equal(OperationStatus.Done, decoder.Finish());
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void Learning_on_the_way()
    {
        byte[] packet = [.. Enumerable.Repeat((byte)'a', 24)];
        byte[] coded = new byte[AdaptiveBytes.MaxEncodedBytes(packet.Length)];
        AdaptiveBytes.Encode(packet, coded, out int written);
        Assert.Equal("5891B1109AB4", Convert.ToHexString(coded, 0, written));

        byte[] back = new byte[packet.Length];
        Assert.Equal(OperationStatus.Done, AdaptiveBytes.Decode(coded.AsSpan(0, written), back));
        Assert.Equal(packet, back);
    }

    [Fact]
    public void Contexts_of_your_own()
    {
        int[] bits = [.. Enumerable.Range(0, 64).Select(i => i / 9 % 2)];

        var contexts = new AdaptiveBit[2];
        byte[] coded = new byte[16];
        var encoder = new AdaptiveEncoder(coded);
        int last = 0;
        foreach (int bit in bits)
        {
            encoder.Encode(ref contexts[last], bit); // the context is the bit before
            last = bit;
        }

        Assert.Equal(OperationStatus.Done, encoder.Finish(out int written));
        Assert.Equal("3BE50AB699", Convert.ToHexString(coded, 0, written));
    }

    static string Flat(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
}
