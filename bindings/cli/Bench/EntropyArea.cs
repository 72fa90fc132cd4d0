using System.Buffers;
using Lacuna.Entropy;

namespace Lacuna.Cli.Bench;

/// <summary>Every entropy coder on one thread, in blocks of 1 MiB: symbols a second and bytes a second.</summary>
/// <remarks>MB are 10^6 bytes of what is compressed. Every case is checked once before it is timed.</remarks>
/// <param name="blocks">Blocks of data.</param>
sealed class EntropyArea(int blocks = 8) : IBenchArea
{
    int DataBytes => blocks * EntropyData.BlockBytes;

    public string Name => "entropy";

    public string Description => "rANS, adaptive, bf16 and LZ4 coding";

    public IReadOnlyList<BenchCase> Prepare(int processors)
    {
        List<BenchCase> cases = [Copy()];
        foreach (int bits in (int[])[2, 4, 6])
        {
            cases.AddRange(Static(bits));
        }

        cases.AddRange([.. Indexed("2.6bit", narrow: false), .. Indexed("0.7bit", narrow: true)]);
        cases.AddRange([.. Adaptive("", models: 1), .. Adaptive("-x8", models: 8)]);
        cases.AddRange(Payload("bf16", EntropyData.BFloat16(DataBytes), CompressionMethod.Floats, 1, ""));
        if (processors > 1)
        {
            cases.AddRange(Payload("bf16", EntropyData.BFloat16(DataBytes), CompressionMethod.Floats, processors, "-threads"));
        }

        if (Lz4Block.IsAvailable)
        {
            cases.AddRange(Payload("lz4", EntropyData.Text(DataBytes), CompressionMethod.Lz4, 1, ""));
        }

        return cases;
    }

    BenchCase Copy()
    {
        byte[] source = EntropyData.Gaussian(4, DataBytes), destination = new byte[DataBytes];
        return MegaBytes("memcpy", 1, () => source.CopyTo(destination, 0));
    }

    BenchCase[] Static(int bits)
    {
        var table = new StaticTable();
        byte[] data = EntropyData.Gaussian(bits, DataBytes), back = new byte[DataBytes];
        byte[][] coded = new byte[blocks][];
        byte[] room = new byte[StaticRansEncoder.MaxEncodedBytes(EntropyData.BlockBytes)];
        int written = 0;
        for (int i = 0; i < blocks; i++)
        {
            Encode(i);
            coded[i] = room[..written];
        }

        return
        [
            MegaBytes($"rans-static-decode-{bits}bit", 1, ForEach(Decode), data, back),
            MegaBytes($"rans-static-encode-{bits}bit", 1, ForEach(Encode)),
        ];

        void Encode(int i) => Check(StaticRansEncoder.EncodeBlock(table, Block(data, i), room, out written));
        void Decode(int i) => Check(StaticRansDecoder.DecodeBlock(table, coded[i], Block(back, i)));
    }

    BenchCase[] Indexed(string name, bool narrow)
    {
        (byte[] indices, short[] symbols) = EntropyData.Indexed(narrow, DataBytes);
        short[] back = new short[DataBytes];
        byte[][] coded = new byte[blocks][];
        byte[] room = new byte[IndexedRansEncoder.MaxEncodedBytes(EntropyData.BlockBytes)];
        int written = 0;
        for (int i = 0; i < blocks; i++)
        {
            Encode(i);
            coded[i] = room[..written];
        }

        ForEach(Decode)();
        Same(symbols.AsSpan().SequenceEqual(back));
        return
        [
            MegaSymbols($"rans-indexed-decode-{name}", ForEach(Decode)),
            MegaSymbols($"rans-indexed-encode-{name}", ForEach(Encode)),
        ];

        void Encode(int i) =>
            Check(IndexedRansEncoder.Encode(EntropyData.IndexedTables, Block(indices, i), Block(symbols, i), room, out written));

        void Decode(int i)
        {
            var decoder = new IndexedRansDecoder(EntropyData.IndexedTables, coded[i], EntropyData.BlockBytes);
            decoder.Decode(Block(indices, i), Block(back, i));
            Check(decoder.Finish());
        }
    }

    BenchCase[] Adaptive(string suffix, int models)
    {
        byte[] data = EntropyData.Gaussian(4, DataBytes), back = new byte[DataBytes];
        byte[][] coded = new byte[blocks][];
        byte[] room = new byte[AdaptiveBytes.MaxEncodedBytes(EntropyData.BlockBytes)];
        int written = 0;
        for (int i = 0; i < blocks; i++)
        {
            Encode(i);
            coded[i] = room[..written];
        }

        return
        [
            MegaBytes($"adaptive-nibble-decode{suffix}", 1, ForEach(Decode), data, back),
            MegaBytes($"adaptive-nibble-encode{suffix}", 1, ForEach(Encode)),
        ];

        void Encode(int i) => Check(AdaptiveBytes.Encode(Block(data, i), room, out written, models));
        void Decode(int i) => Check(AdaptiveBytes.Decode(coded[i], Block(back, i)));
    }

    static BenchCase[] Payload(string name, byte[] data, CompressionMethod method, int threads, string suffix) =>
        PayloadCases.Of(name, data, new CompressorOptions { Method = method, Threads = threads }, suffix, out _);

    Action ForEach(Action<int> work) => () =>
    {
        for (int i = 0; i < blocks; i++)
        {
            work(i);
        }
    };

    static Span<T> Block<T>(T[] data, int index) => data.AsSpan(index * EntropyData.BlockBytes, EntropyData.BlockBytes);

    /// <summary>A decoder, which is run once to see that it gives the data.</summary>
    BenchCase MegaBytes(string name, int threads, Action body, byte[] data, byte[] back)
    {
        body();
        Same(data.AsSpan().SequenceEqual(back));
        return MegaBytes(name, threads, body);
    }

    BenchCase MegaBytes(string name, int threads, Action body) =>
        new(name, threads, "MB/s", body, seconds => DataBytes / seconds / 1e6);

    BenchCase MegaSymbols(string name, Action body) =>
        new(name, 1, "Msymbols/s", body, seconds => DataBytes / seconds / 1e6);

    static void Check(OperationStatus status) => Same(status == OperationStatus.Done);

    static void Same(bool same)
    {
        if (!same)
        {
            throw new InvalidOperationException("What was just coded cannot be decoded.");
        }
    }
}
