using System.Runtime.InteropServices;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<RansEncodeIndexed.Fn, byte, byte>;

public class RansEncodeIndexedCheck
{
    const int Widest = 64;

    static readonly TableSet Set = RansInputs.FullSet(seed: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    public void Every_variant_writes_the_bits_of_the_reference(int lanes) =>
        KernelCheck.Exact(
            RansEncodeIndexed.Table,
            [.. Enumerable.Range(0, (3 * Widest) + 1).Select(count => Call(lanes, count)), Call(lanes, 5000)],
            Patterns.Bytes);

    [Fact]
    public void Decoding_undoes_it_symbol_by_symbol_and_state_by_state()
    {
        var random = new Random(3);
        foreach (int lanes in new[] { 1, 4, 32, 64 })
        {
            (byte[] indices, short[] symbols) = RansInputs.AnySymbols(random, Set, 3000);
            uint[] before = [.. Enumerable.Range(0, lanes).Select(_ => (uint)random.NextInt64(1 << 16, 1L << 32))];
            uint[] states = [.. before];
            byte[] words = new byte[RansEncodeIndexed.MaxBytesPerSymbol * symbols.Length];
            int bytes = RansEncodeIndexed.Run(Set.Encoding, indices, symbols, states, lanes / 3, words);

            short[] decoded = new short[symbols.Length];
            Assert.Equal(bytes, RansDecodeIndexed.Run(Set.Decoding, indices, states, lanes / 3, words.AsSpan(^bytes..), decoded));
            Assert.Equal(symbols, decoded);
            Assert.Equal(before, states);
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        var set = new TableSet(new FrequencyTable(0, [1000]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, [1], [0], new uint[1], 0, new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, [0], [0, 0], new uint[1], 0, new byte[8]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, [0], [0], new uint[1], 0, new byte[3]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, [0], [0], new uint[1], 1, new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(default, [0], [0], new uint[1], 0, new byte[4]));
    }

    /// <summary>Inputs: indices, symbols, states. Output: words, states, bytes written.</summary>
    static Case Call(int lanes, int count)
    {
        int statesAt = RansEncodeIndexed.MaxBytesPerSymbol * count;
        int writtenAt = statesAt + (sizeof(uint) * lanes);
        return new Case(
            $"{lanes} lanes, {count} symbols",
            [count, sizeof(short) * count, sizeof(uint) * lanes],
            writtenAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> states = MemoryMarshal.Cast<byte, uint>(output[statesAt..writtenAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[2]).CopyTo(states);
                ReadOnlySpan<short> symbols = MemoryMarshal.Cast<byte, short>(inputs[1]);
                MemoryMarshal.Write(
                    output[writtenAt..], kernel(Set.Encoding, inputs[0], symbols, states, count % lanes, output[..statesAt]));
            });
    }
}
