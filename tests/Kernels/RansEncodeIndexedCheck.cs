using System.Runtime.InteropServices;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<RansEncodeIndexed.Fn, byte, byte>;

public class RansEncodeIndexedCheck
{
    const int Widest = 64;

    /// <summary>Every byte is an index; shifts and escapes of every kind.</summary>
    static readonly TableSet Set = RansInputs.FullSet(seed: 2);

    static readonly TableSet Narrow = RansInputs.NarrowSet(seed: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Every_variant_writes_the_bits_of_the_reference(int lanes) =>
        KernelCheck.Exact(
            RansEncodeIndexed.Table,
            [
                .. from kind in Enum.GetValues<Symbols>()
                   from count in Enumerable.Range(0, (3 * Widest) + 1).Where(count => count <= Widest || count % 7 == 0).Append(9000)
                   select Call(kind, wide: count % 2 == 0, lanes, count),
            ],
            Patterns.Bytes);

    [Fact]
    public void Decoding_undoes_it_symbol_by_symbol_and_state_by_state()
    {
        var random = new Random(3);
        foreach (int lanes in new[] { 1, 4, 32, 64, 128, 256 })
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
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, (byte[])[1], [0], new uint[1], 0, new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, (byte[])[0], [0, 0], new uint[1], 0, new byte[8]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, (byte[])[0], [0], new uint[1], 0, new byte[3]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(set.Encoding, (byte[])[0], [0], new uint[1], 1, new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => RansEncodeIndexed.Run(default, (byte[])[0], [0], new uint[1], 0, new byte[4]));
    }

    /// <summary>What the symbols of a call are like.</summary>
    enum Symbols
    {
        /// <summary>Any 16 bits: most need an escape.</summary>
        Any,

        /// <summary>Small multiples of every shift, and no escape but where a table has a gap.</summary>
        Shifted,

        /// <summary>None needs a shift, and one in a thousand an escape.</summary>
        Narrow,
    }

    /// <summary>Inputs: indices, symbols, states. Output: words, states, bytes written.</summary>
    static Case Call(Symbols kind, bool wide, int lanes, int count)
    {
        TableSet set = kind == Symbols.Narrow ? Narrow : Set;
        int statesAt = RansEncodeIndexed.MaxBytesPerSymbol * count;
        int writtenAt = statesAt + (sizeof(uint) * lanes);
        return new Case(
            $"{lanes} lanes, {count} symbols, {kind}, {(wide ? "wide" : "byte")} indices",
            [count, sizeof(short) * count, sizeof(uint) * lanes],
            writtenAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> states = MemoryMarshal.Cast<byte, uint>(output[statesAt..writtenAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[2]).CopyTo(states);
                ReadOnlySpan<short> symbols = Made(kind, MemoryMarshal.Cast<byte, short>(inputs[1]), inputs[0]);
                TableIndices indices = wide ? RansInputs.Widened(inputs[0]) : inputs[0];
                int written = kernel(set.Encoding, indices, symbols, states, count % lanes, output[..statesAt]);
                output[..(statesAt - written)].Clear();
                MemoryMarshal.Write(output[writtenAt..], written);
            });
    }

    static ReadOnlySpan<short> Made(Symbols kind, ReadOnlySpan<short> any, ReadOnlySpan<byte> indices)
    {
        if (kind == Symbols.Any)
        {
            return any;
        }

        short[] symbols = any.ToArray();
        for (int i = 0; i < symbols.Length; i++)
        {
            int small = (byte)any[i];
            symbols[i] = kind == Symbols.Shifted ? (short)(RansInputs.Held(Set[indices[i]], small) + (any[i] & 1))
                : (ushort)any[i] % 1009 == 0 ? any[i]
                : (short)((small % 64) - 32);
        }

        return symbols;
    }
}
