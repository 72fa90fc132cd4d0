using System.Runtime.InteropServices;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<RansEncodeStatic.Fn, byte, byte>;

public class RansEncodeStaticCheck
{
    /// <summary>Every symbol has a frequency, and there are large and small ones.</summary>
    static readonly StaticTable Full = MakeFull();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(24)]
    public void Every_variant_writes_the_bits_of_the_reference(int lanes) =>
        KernelCheck.Exact(
            RansEncodeStatic.Table,
            [
                .. Enumerable.Range(0, 70).Concat(Enumerable.Range(1, 20).Select(i => (i * lanes / 4) + (i % 3)))
                    .Select(count => Call(lanes, count)),
                Call(lanes, 20_000),
            ],
            Patterns.Bytes);

    [Fact]
    public void Decoding_undoes_it_symbol_by_symbol_and_state_by_state()
    {
        var random = new Random(3);
        for (int round = 0; round < 40; round++)
        {
            StaticTable table = StaticInputs.AnyTable(random);
            if (table.OnlySymbol >= 0)
            {
                continue;
            }

            int lanes = new[] { 1, 4, 32, 64, 128, 256 }[round % 6];
            byte[] symbols = StaticInputs.Symbols(random, table, 3000);
            uint[] before = [.. Enumerable.Range(0, lanes).Select(_ => (uint)random.NextInt64(1 << 16, 1L << 32))];
            foreach (Variant<RansEncodeStatic.Fn> variant in RansEncodeStatic.Table.Runnable)
            {
                uint[] states = [.. before];
                byte[] words = new byte[RansEncodeStatic.MaxBytesPerSymbol * symbols.Length];
                int bytes = variant.Run(table.Encoding, table.Slots, symbols, states, lanes / 3, words);

                byte[] decoded = new byte[symbols.Length];
                Assert.Equal(bytes, RansDecodeStatic.Run(table.Decoding, states, lanes / 3, words.AsSpan(^bytes..), decoded));
                Assert.Equal(symbols, decoded);
                Assert.Equal(before, states);
            }
        }
    }

    [Fact]
    public void Division_is_exact_at_every_edge_of_every_divisor()
    {
        // With the slot of position p being p, and start 0, the new state is the quotient and the remainder themselves.
        ushort[] slots = [.. Enumerable.Range(0, RansEncodeStatic.Slots).Select(i => (ushort)i)];
        var entries = new ulong[RansEncodeStatic.Symbols];
        var random = new Random(4);
        const int Lanes = 64;
        byte[] symbols = new byte[Lanes];
        for (int first = 1; first < 65536; first += RansEncodeStatic.Symbols)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                entries[i] = RansEncodeStatic.Entry((ushort)Math.Min(first + i, 65535), 0);
            }

            for (int part = 0; part < RansEncodeStatic.Symbols; part += Lanes)
            {
                uint[] states = new uint[Lanes];
                for (int edge = 0; edge < 10; edge++)
                {
                    for (int i = 0; i < Lanes; i++)
                    {
                        symbols[i] = (byte)(part + i);
                        states[i] = Edge(edge, (uint)(ushort)entries[part + i], random);
                    }

                    uint[] expected = [.. states];
                    int written = RansEncodeStatic.Table.Reference.Run(entries, slots, symbols, expected, 0, new byte[2 * Lanes]);
                    foreach (Variant<RansEncodeStatic.Fn> variant in RansEncodeStatic.Table.Runnable)
                    {
                        uint[] actual = [.. states];
                        Assert.Equal(written, variant.Run(entries, slots, symbols, actual, 0, new byte[2 * Lanes]));
                        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{variant}, frequencies from {first + part}, edge {edge}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Run(new ulong[255], new ushort[65536], lane: 0, room: 2));
        Assert.ThrowsAny<ArgumentException>(() => Run(new ulong[256], new ushort[65535], lane: 0, room: 2));
        Assert.ThrowsAny<ArgumentException>(() => Run(new ulong[256], new ushort[65536], lane: 1, room: 2));
        Assert.ThrowsAny<ArgumentException>(() => Run(new ulong[256], new ushort[65536], lane: 0, room: 1));

        static void Run(ulong[] entries, ushort[] slots, int lane, int room) =>
            RansEncodeStatic.Run(entries, slots, [0], new uint[1], lane, new byte[room]);
    }

    /// <summary>States around which a quotient or the need of a word changes.</summary>
    static uint Edge(int edge, uint frequency, Random random)
    {
        uint most = frequency << 16;
        uint multiple = (uint)random.Next(1, 65536) * frequency;
        return edge switch
        {
            0 => most - 1,
            1 => most,
            2 => most + frequency,
            3 => uint.MaxValue,
            4 => 0,
            5 => frequency - 1,
            6 => frequency,
            7 => multiple,
            8 => multiple - 1,
            _ => (uint)random.NextInt64(1L << 32),
        };
    }

    static StaticTable MakeFull()
    {
        var table = new StaticTable();
        table.Fit([.. Enumerable.Range(0, 256).Select(i => i % 16 == 0 ? 50_000u + (uint)i : (uint)(i * i))]);
        return table.Frequencies.Contains(0) ? throw new InvalidOperationException("A symbol has no frequency.") : table;
    }

    /// <summary>Inputs: symbols, states. Output: words, states, bytes written; what lies before the words is cleared.</summary>
    static Case Call(int lanes, int count)
    {
        int statesAt = ((RansEncodeStatic.MaxBytesPerSymbol * count) + 3) & ~3;
        int writtenAt = statesAt + (sizeof(uint) * lanes);
        return new Case(
            $"{lanes} lanes, {count} symbols",
            [count, sizeof(uint) * lanes],
            writtenAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> states = MemoryMarshal.Cast<byte, uint>(output[statesAt..writtenAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[1]).CopyTo(states);
                Span<byte> words = output[..(RansEncodeStatic.MaxBytesPerSymbol * count)];
                int written = kernel(Full.Encoding, Full.Slots, inputs[0], states, count % lanes, words);
                words[..^written].Clear();
                MemoryMarshal.Write(output[writtenAt..], written);
            });
    }
}
