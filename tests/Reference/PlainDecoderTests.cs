using System.Buffers;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Entropy;
using Lacuna.Streams;
using Lacuna.Tests.Conformance;
using Lacuna.Tests.Engine.Codecs;
using Lacuna.Tests.Engine.Entropy;
using Lacuna.Tests.Fuzz;
using Lacuna.Tests.Fuzz.Targets;

namespace Lacuna.Tests.Reference;

/// <summary>Holds the engine and docs/format.md to each other.</summary>
public class PlainDecoderTests
{
    public static TheoryData<string> Names { get; } = new(Vectors.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_conformance_vector_decodes_to_its_pixels(string name)
    {
        Vector vector = Vectors.Get(name);
        Assert.Equal(vector.PixelHash, Vectors.Hash(PlainDecoder.Decode(vector.Stream).Pixels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Symbols_on_any_number_of_lanes_read_alike(int lanes)
    {
        foreach (int count in new[] { 1, 2, 63, 64, 65, 1000, 20_000 })
        {
            (byte[] tables, short[] symbols) = RansInputs.Gaussian(seed: count, count);
            symbols[count / 2] = (short)(count * 977);
            var stream = new byte[IndexedRansEncoder.MaxEncodedBytes(count)];
            IndexedRansEncoder.Encode(TableSet.Gaussian, tables, symbols, stream, out int written, lanes);
            var coder = new PlainRans(stream.AsSpan(0, written), count);
            Assert.Equal(symbols, tables.Select(table => coder.Next(table)));
            coder.Finish();
        }
    }

    [Fact]
    public void Damaged_streams_are_refused_by_both_or_decode_alike()
    {
        const long maxPixels = 1 << 9;
        int decoded = 0, refused = 0;
        foreach (FuzzInput input in FuzzTargets.Mutated(new DecodeTarget(), 400, firstSeed: 100_000))
        {
            var options = new ImageDecoderOptions { Threads = 1, MaxPixels = maxPixels };
            StreamStatus status = ImageDecoder.Decode(input.Bytes, options, out Picture? picture);
            byte[]? plain = PlainPixels(input.Bytes, maxPixels);
            Assert.True(status == StreamStatus.Done == plain is not null, $"{input.Name}: the engine says {status}");
            Assert.Equal(picture?.Pixels, plain);
            (decoded, refused) = plain is null ? (decoded, refused + 1) : (decoded + 1, refused);
        }

        Assert.True(decoded > 10 && refused > 10);
    }

    [Fact]
    public void The_gaussian_tables_are_the_documents_and_the_engines()
    {
        Assert.Equal(0x6701D8D39134DDE3ul, PlainGaussianTables.Hash(PlainGaussianTables.Set));
        foreach ((int index, PlainTable table) in PlainGaussianTables.Set.Index())
        {
            FrequencyTable engine = TableSet.Gaussian[index];
            Assert.Equal((engine.Shift, engine.EscapeFrequency), (table.Shift, table.Frequencies[PlainTable.Escape]));
            Assert.Equal(engine.ByCode.ToArray().Select(frequency => (int)frequency), table.Frequencies);
        }
    }

    [Fact]
    public void The_documents_short_message_reads_as_it_says()
    {
        int[] tables = [20, 20, 30, 40, 63, 0, 0, 10];
        var coder = new PlainRans(Convert.FromHexString("110DE5F7B20582E803"), tables.Length);
        Assert.Equal([0, -1, 3, -17, 300, 0, 1000, 0], tables.Select(table => (int)coder.Next(table)));
        coder.Finish();
    }

    [Fact]
    public void Static_blocks_of_every_form_read_alike_and_the_documents_too()
    {
        byte[] word = "abracadabra"u8.ToArray();
        Assert.Equal(word, PlainStatic.Decode(Convert.FromHexString("0716128E962D18FC123D9200E72E"), word.Length));
        var table = new StaticTable();
        foreach (int lanes in new[] { 0, 1, 4, 32, 64, 128, 256 })
        foreach (int count in new[] { 0, 1, 2, 3000, 40_000 })
        foreach (double bits in new[] { 0.5, 4, 7.5 })
        {
            byte[] bytes = StaticInputs.Gaussian(seed: count + lanes, count, bits);
            byte[] block = new byte[StaticRansEncoder.MaxEncodedBytes(count)];
            StaticRansEncoder.EncodeBlock(table, bytes, block, out int written, lanes);
            Assert.Equal(bytes, PlainStatic.Decode(block[..written], count));
        }

        byte[] whole = new byte[StaticTable.MaxBytes];
        for (int i = 0; i < 256; i++)
        {
            BitConverter.TryWriteBytes(whole.AsSpan(1 + (2 * i)), (ushort)(i % 2 == 0 ? 500 : 12));
        }

        Assert.Equal(OperationStatus.Done, table.Read(whole, out _));
        byte[] stream = new byte[100];
        Assert.Equal(OperationStatus.Done, StaticRansEncoder.Encode(table, word, stream, out int bytesOfStream));
        Assert.Equal(word, PlainStatic.Decode([.. whole, .. stream[..bytesOfStream]], word.Length));
    }

    [Fact]
    public void Planes_of_every_kind_read_alike()
    {
        foreach (int width in new[] { 1, 2, 7, 40 })
        {
            foreach (int height in new[] { 1, 2, 30 })
            {
                byte[] plane = Scenes.Make(width, height, PixelLayout.Grey).Pixels;
                Assert.Equal(plane, PlainPlane.Decode(LosslessPlane.Encode(plane, width, height), width, height));
                byte[] hard = [.. plane.Select(sample => (byte)(sample > 100 ? 255 : 0))];
                Assert.Equal(hard, PlainPlane.Decode(LosslessPlane.Encode(hard, width, height), width, height));
            }
        }
    }

    [Fact]
    public void Adaptive_bytes_of_every_form_read_alike_and_the_documents_too()
    {
        Assert.Equal(Enumerable.Repeat((byte)0x61, 24), PlainAdaptiveBytes.Decode(Convert.FromHexString("5891B1109AB4"), 24));
        foreach (int count in new[] { 0, 1, 9, 1000, 40_003 })
        foreach (int models in new[] { 1, 8 })
        {
            byte[] bytes = AdaptiveBytesTests.Gaussian(count, deviation: count / 50.0);
            var stream = new byte[AdaptiveBytes.MaxEncodedBytes(count)];
            AdaptiveBytes.Encode(bytes, stream, out int written, models);
            Assert.Equal(bytes, PlainAdaptiveBytes.Decode(stream[..written], count));
        }
    }

    [Fact]
    public void The_documents_adaptive_symbols_read_as_it_says()
    {
        var coder = new PlainBinary(Convert.FromHexString("55006182B1D2A4"));
        var context = new PlainSymbol(5);
        var number = new PlainNumber();
        Assert.Equal([1, 1, 4, 0, 1, 1], Enumerable.Range(0, 6).Select(_ => coder.Symbol(context)));
        Assert.Equal([0u, 1u, 6u, 100_000u], Enumerable.Range(0, 4).Select(_ => number.Read(coder)));
        coder.Finish();
    }

    static byte[]? PlainPixels(byte[] stream, long maxPixels)
    {
        try
        {
            return PlainDecoder.Decode(stream, maxPixels).Pixels;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
