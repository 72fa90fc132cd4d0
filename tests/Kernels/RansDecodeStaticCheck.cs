using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<RansDecodeStatic.Fn, byte, byte>;

public class RansDecodeStaticCheck
{
    static readonly ulong[] Entries = StaticInputs.AnyTable(new Random(1)).Decoding.ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(24)]
    public void Every_variant_writes_the_bits_of_the_reference_whatever_the_words(int lanes) =>
        KernelCheck.Exact(
            RansDecodeStatic.Table,
            [
                .. from count in Enumerable.Range(0, 70).Concat(Enumerable.Range(1, 20).Select(i => (i * lanes / 4) + (i % 3)))
                   from words in new[] { 2 * count, count, (count / 3) + 1, 0, 1 }
                   select Call(lanes, count, words),
                Call(lanes, 20_000, 9001),
                Call(lanes, 20_000, 40_000),
            ],
            Patterns.Bytes);

    [Fact]
    public void Every_variant_decodes_tables_of_every_shape()
    {
        var random = new Random(2);
        for (int round = 0; round < 30; round++)
        {
            ulong[] entries = StaticInputs.AnyTable(random).Decoding.ToArray();
            int lanes = new[] { 32, 64, 128, 256 }[round % 4];
            uint[] before = [.. Enumerable.Range(0, lanes).Select(_ => (uint)random.NextInt64(1 << 16, 1L << 32))];
            byte[] words = new byte[10_000];
            random.NextBytes(words);
            byte[] expected = new byte[5000];
            uint[] expectedStates = [.. before];
            int read = RansDecodeStatic.Table.Reference.Run(entries, expectedStates, 3, words, expected);
            foreach (Variant<RansDecodeStatic.Fn> variant in RansDecodeStatic.Table.Runnable)
            {
                byte[] actual = new byte[5000];
                uint[] states = [.. before];
                Assert.Equal(read, variant.Run(entries, states, 3, words, actual));
                Assert.Equal(expected, actual);
                Assert.Equal(expectedStates, states);
            }
        }
    }

    [Fact]
    public void A_state_below_the_bound_takes_in_one_word()
    {
        // All symbols alike: slot s is symbol s mod 256 at rank s / 256, and x becomes 256 floor(x / 65536) + rank.
        ulong[] entries = [.. Enumerable.Range(0, 256).Select(i => 255 | (ulong)i << 8 | 256ul << 32 | 256ul << 48)];
        uint[] states = [0x1_0705, 0x200_0181, 0x1_FFFF];
        byte[] symbols = new byte[4];
        int read = RansDecodeStatic.Run(entries, states, 2, [0x34, 0x12, 0x78, 0x56, 0xBC, 0x9A, 0xFF], symbols);
        Assert.Equal([0xFF, 0x05, 0x81, 0x34], symbols);
        Assert.Equal([0x0107_5678u, 0x2_0001u, 0x1_FF12u], [states[0], states[1], states[2]]);
        Assert.Equal(4, read);
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        ulong[] wrong = [.. Entries];
        wrong[7] ^= 1ul << 32;
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeStatic.Run(wrong, new uint[1], 0, [], new byte[1]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeStatic.Run(Entries.AsSpan(1), new uint[1], 0, [], new byte[1]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeStatic.Run(Entries, new uint[1], 1, [], new byte[1]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeStatic.Run(Entries, [], 0, [], new byte[1]));
    }

    /// <summary>Inputs: words, states. Output: symbols, states, bytes read.</summary>
    static Case Call(int lanes, int count, int words)
    {
        int statesAt = (count + 3) & ~3;
        int readAt = statesAt + (sizeof(uint) * lanes);
        return new Case(
            $"{lanes} lanes, {count} symbols, {words} bytes of words",
            [words, sizeof(uint) * lanes],
            readAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> states = MemoryMarshal.Cast<byte, uint>(output[statesAt..readAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[1]).CopyTo(states);
                MemoryMarshal.Write(output[readAt..], kernel(Entries, states, count % lanes, inputs[0], output[..count]));
            });
    }
}
