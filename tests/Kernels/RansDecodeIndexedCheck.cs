using System.Runtime.InteropServices;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<RansDecodeIndexed.Fn, byte, byte>;

public class RansDecodeIndexedCheck
{
    const int Widest = 64;

    /// <summary>Every byte is an index; shifts and escapes of every kind.</summary>
    static readonly TableSet Set = RansInputs.FullSet(seed: 1);

    /// <summary>No shifts, and escapes so rare that most vectors hold none.</summary>
    static readonly TableSet Narrow = RansInputs.NarrowSet(seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Every_variant_writes_the_bits_of_the_reference_whatever_the_words(int lanes) =>
        KernelCheck.Exact(
            RansDecodeIndexed.Table,
            [
                .. from set in new[] { Set, Narrow }
                   from count in Enumerable.Range(0, (3 * Widest) + 1).Where(count => count <= Widest || count % 7 == 0).Append(9000)
                   from words in new[] { 4 * count, 2 * count + 1, count, 0, 1 }
                   select Call(set, wide: (count + words) % 2 == 0, lanes, count, words),
            ],
            Patterns.Bytes);

    [Fact]
    public void A_state_below_the_bound_takes_in_one_word_and_an_escape_two()
    {
        // Bucket 0 is whole and holds code 0 at frequency 256; the other slots are the escape's, whose bucket 128 comes first:
        // bucket 129 at remainder 1 has rank 256 + 127 * 256 + 1, so the second state becomes 65280 + 32769 = 0x17F01.
        var set = new TableSet(new FrequencyTable(0, [256]));
        uint[] states = [0x1_0700, 0x1_0181];
        short[] symbols = new short[2];
        int read = RansDecodeIndexed.Run(set.Decoding, (byte[])[0, 0], states, 0, [0x34, 0x12, 0x78, 0x56, 0xBC, 0x9A], symbols);
        Assert.Equal([0, 0x7F01], symbols);
        Assert.Equal([0x0107_1234u, 0x1_5678u], states);
        Assert.Equal(4, read);
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        var set = new TableSet(new FrequencyTable(0, [1000]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeIndexed.Run(set.Decoding, (byte[])[1], new uint[1], 0, [], new short[1]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeIndexed.Run(set.Decoding, (byte[])[0], new uint[1], 0, [], new short[2]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeIndexed.Run(set.Decoding, (byte[])[0], new uint[1], 1, [], new short[1]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeIndexed.Run(set.Decoding, (byte[])[0], [], 0, [], new short[1]));
        Assert.ThrowsAny<ArgumentException>(() => RansDecodeIndexed.Run(default, (byte[])[0], new uint[1], 0, [], new short[1]));
    }

    /// <summary>Inputs: indices, words, states. Output: symbols, states, bytes read.</summary>
    static Case Call(TableSet set, bool wide, int lanes, int count, int words)
    {
        int statesAt = sizeof(short) * count;
        int readAt = statesAt + (sizeof(uint) * lanes);
        return new Case(
            $"{lanes} lanes, {count} symbols, {words} bytes of words, {(wide ? "wide" : "byte")} indices",
            [count, words, sizeof(uint) * lanes],
            readAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> states = MemoryMarshal.Cast<byte, uint>(output[statesAt..readAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[2]).CopyTo(states);
                Span<short> symbols = MemoryMarshal.Cast<byte, short>(output[..statesAt]);
                TableIndices indices = wide ? RansInputs.Widened(inputs[0]) : inputs[0];
                MemoryMarshal.Write(output[readAt..], kernel(set.Decoding, indices, states, count % lanes, inputs[1], symbols));
            });
    }
}
