using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class AdaptiveCoderTests
{
    [Fact]
    public void Any_decisions_come_back() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            double bias = Math.Pow(random.NextDouble(), 6);
            Decision[] decisions = [.. Enumerable.Range(0, random.Next(3000)).Select(_ => AnyDecision(random, bias))];

            byte[] stream = new byte[(decisions.Length * 6) + 16];
            var encoder = new AdaptiveEncoder(stream);
            AdaptiveBit[] contexts = new AdaptiveBit[4], tree = new AdaptiveBit[64];
            foreach (Decision decision in decisions)
            {
                switch (decision.Kind)
                {
                    case 0: encoder.Encode(ref contexts[decision.Context], (int)decision.Value); break;
                    case 1: encoder.EncodeTree(tree, decision.Bits, (int)decision.Value); break;
                    default: encoder.EncodeEqual(decision.Value, decision.Bits); break;
                }
            }

            Assert.Equal(OperationStatus.Done, encoder.Finish(out int written));
            var decoder = new AdaptiveDecoder(stream.AsSpan(0, written));
            (contexts, tree) = (new AdaptiveBit[4], new AdaptiveBit[64]);
            foreach (Decision decision in decisions)
            {
                Assert.Equal(decision.Value, decision.Kind switch
                {
                    0 => (uint)decoder.Decode(ref contexts[decision.Context]),
                    1 => (uint)decoder.DecodeTree(tree, decision.Bits),
                    _ => decoder.DecodeEqual(decision.Bits),
                });
            }

            Assert.Equal(OperationStatus.Done, decoder.Finish());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.11)]
    [InlineData(0.01)]
    [InlineData(0)]
    public void The_size_is_the_entropy_within_a_hundredth_of_a_bit_a_decision(double probability)
    {
        const int Count = 200_000;
        var random = new Random(1);
        byte[] stream = new byte[Count];
        var encoder = new AdaptiveEncoder(stream);
        AdaptiveBit context = default;
        for (int i = 0; i < Count; i++)
        {
            encoder.Encode(ref context, random.NextDouble() < probability ? 1 : 0);
        }

        encoder.Finish(out int written);
        double entropy = -Times(probability, probability) - Times(1 - probability, 1 - probability);
        Assert.InRange(written * 8.0 / Count, entropy * 0.98, entropy + (probability > 0 ? 0.01 : 0.001));

        static double Times(double x, double y) => x > 0 ? x * Math.Log2(y) : 0;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    public void Symbols_bits_and_numbers_share_a_stream(int values) =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            int count = random.Next(500);
            int[] symbols = [.. Enumerable.Range(0, count).Select(_ => (int)(values * Math.Pow(random.NextDouble(), 3)))];
            uint[] numbers = [.. symbols.Select(_ => (uint)random.NextInt64(1L << 32) >> random.Next(32))];

            byte[] stream = new byte[(count * 12) + 16];
            var encoder = new AdaptiveEncoder(stream);
            AdaptiveSymbol[] contexts = AdaptiveSymbol.Array(2, values);
            AdaptiveBit bit = default;
            var number = new AdaptiveNumber();
            for (int i = 0; i < count; i++)
            {
                encoder.Encode(ref contexts[i % 2], symbols[i]);
                encoder.Encode(ref bit, symbols[i] & 1);
                encoder.Encode(number, numbers[i]);
            }

            Assert.Equal(OperationStatus.Done, encoder.Finish(out int written));
            var decoder = new AdaptiveDecoder(stream.AsSpan(0, written));
            (contexts, bit, number) = (AdaptiveSymbol.Array(2, values), default, new AdaptiveNumber());
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(symbols[i], decoder.Decode(ref contexts[i % 2]));
                Assert.Equal(symbols[i] & 1, decoder.Decode(ref bit));
                Assert.Equal(numbers[i], decoder.Decode(number));
            }

            Assert.Equal(OperationStatus.Done, decoder.Finish());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(5, 0.3)]
    [InlineData(16, 0.1)]
    [InlineData(16, 0.7)]
    public void Symbols_cost_their_entropy_and_what_their_contexts_promise(int values, double decay)
    {
        const int Count = 100_000;
        double[] weights = [.. Enumerable.Range(0, values).Select(i => Math.Exp(-decay * i))];
        double[] odds = [.. weights.Select(weight => weight / weights.Sum())];
        double entropy = odds.Sum(p => -p * Math.Log2(p));

        var random = new Random(1);
        byte[] stream = new byte[Count];
        var encoder = new AdaptiveEncoder(stream);
        var context = new AdaptiveSymbol(values);
        for (int i = 0; i < Count; i++)
        {
            int symbol = 0;
            for (double left = random.NextDouble() - odds[0]; left > 0 && symbol < values - 1; left -= odds[symbol])
            {
                symbol++;
            }

            encoder.Encode(ref context, symbol);
        }

        encoder.Finish(out int written);
        Assert.InRange((written * 8.0 / Count) - entropy, -0.02, 0.01 + ((values - 1) / 530.0));
    }

    [Fact]
    public void Contexts_without_values_and_symbols_outside_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveSymbol(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveSymbol(17));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(new AdaptiveSymbol(3), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(new AdaptiveSymbol(3), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            AdaptiveSymbol nothing = default;
            new AdaptiveDecoder([]).Decode(ref nothing);
        });

        static void Encode(AdaptiveSymbol context, int symbol) => new AdaptiveEncoder(new byte[9]).Encode(ref context, symbol);
    }

    [Fact]
    public void Nothing_is_allocated_but_contexts()
    {
        byte[] stream = new byte[2000];
        AdaptiveSymbol[] contexts = AdaptiveSymbol.Array(1, 16);
        var number = new AdaptiveNumber();
        Once();
        Assert.Equal(0, Allocated.By(Once));

        void Once()
        {
            var encoder = new AdaptiveEncoder(stream);
            for (int i = 0; i < 500; i++)
            {
                encoder.Encode(ref contexts[0], i % 16);
                encoder.Encode(number, (uint)i);
            }

            encoder.Finish(out int written);
            var decoder = new AdaptiveDecoder(stream.AsSpan(0, written));
            for (int i = 0; i < 500; i++)
            {
                decoder.Decode(ref contexts[0]);
                decoder.Decode(number);
            }
        }
    }

    [Fact]
    public void A_stream_of_symbols_and_numbers_is_these_bytes()
    {
        byte[] stream = new byte[32];
        var encoder = new AdaptiveEncoder(stream);
        var context = new AdaptiveSymbol(5);
        var number = new AdaptiveNumber();
        foreach (int symbol in new[] { 1, 1, 4, 0, 1, 1 })
        {
            encoder.Encode(ref context, symbol);
        }

        foreach (uint value in new uint[] { 0, 1, 6, 100_000 })
        {
            encoder.Encode(number, value);
        }

        encoder.Finish(out int written);
        Assert.Equal("55006182B1D2A4", Convert.ToHexString(stream.AsSpan(0, written)));
    }

    [Fact]
    public void A_short_stream_is_these_bytes()
    {
        byte[] stream = new byte[32];
        var encoder = new AdaptiveEncoder(stream);
        AdaptiveBit context = default;
        var tree = new AdaptiveBit[16];
        foreach (int bit in new[] { 1, 1, 0, 1, 1, 1 })
        {
            encoder.Encode(ref context, bit);
        }

        encoder.EncodeTree(tree, 4, 11);
        encoder.EncodeTree(tree, 4, 11);
        encoder.EncodeEqual(0x2F3, 10);
        encoder.Finish(out int written);
        Assert.Equal("AABDDB", Convert.ToHexString(stream.AsSpan(0, written)));
    }

    [Fact]
    public void No_decisions_are_no_bytes_and_left_over_bytes_are_noticed()
    {
        Assert.Equal(OperationStatus.Done, new AdaptiveEncoder([]).Finish(out int written));
        Assert.Equal(0, written);
        Assert.Equal(OperationStatus.Done, new AdaptiveDecoder([]).Finish());
        Assert.Equal(OperationStatus.InvalidData, new AdaptiveDecoder(new byte[5]).Finish());
    }

    [Fact]
    public void A_full_destination_is_a_status()
    {
        byte[] stream = new byte[64];
        for (int capacity = 0; capacity < 20; capacity++)
        {
            stream.AsSpan().Fill(0xA5);
            var encoder = new AdaptiveEncoder(stream.AsSpan(0, capacity));
            encoder.EncodeEqual(0xDEADBEEF, 32);
            Assert.Equal(capacity < 4, encoder.Finish(out int written) == OperationStatus.DestinationTooSmall);
            Assert.Equal(capacity < 4 ? 0 : 4, written);
            Assert.False(stream.AsSpan(capacity).ContainsAnyExcept((byte)0xA5));
        }
    }

    [Fact]
    public void Ten_thousand_random_and_cut_streams_give_a_status()
    {
        var random = new Random(4);
        byte[] bytes = new byte[40];
        for (int i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            var decoder = new AdaptiveDecoder(bytes.AsSpan(0, random.Next(bytes.Length)));
            AdaptiveBit context = default;
            var tree = new AdaptiveBit[256];
            var symbol = new AdaptiveSymbol(11);
            var number = new AdaptiveNumber();
            for (int n = random.Next(100); n > 0; n--)
            {
                Assert.InRange(decoder.Decode(ref context), 0, 1);
                Assert.InRange(decoder.DecodeTree(tree, 8), 0, 255);
                Assert.InRange(decoder.DecodeEqual(5), 0u, 31u);
                Assert.InRange(decoder.Decode(ref symbol), 0, 10);
                decoder.Decode(number);
            }

            Assert.True(decoder.Finish() is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        }
    }

    /// <summary>One decision: of one bit in a context, of six bits in a tree, or of bits that are equally likely.</summary>
    readonly record struct Decision(int Kind, int Context, int Bits, uint Value);

    static Decision AnyDecision(Random random, double bias)
    {
        int bits = random.Next(33);
        return random.Next(3) switch
        {
            0 => new Decision(0, random.Next(4), 1, random.NextDouble() < bias ? 1u : 0),
            1 => new Decision(1, 0, 6, (uint)(64 * Math.Pow(random.NextDouble(), 3))),
            _ => new Decision(2, 0, bits, (uint)(random.NextInt64() & ((1L << bits) - 1))),
        };
    }
}
