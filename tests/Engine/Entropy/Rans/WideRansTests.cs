using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class WideRansTests
{
    [Fact]
    public void Any_32_bit_symbols_come_back() =>
        Prop.ForAll<int, byte>((seed, low) =>
        {
            var random = new Random(seed);
            TableSet set = RansInputs.AnySet(random);
            int[] symbols = Symbols(random, random.Next(4000));
            byte[] indices = [.. symbols.Select(_ => (byte)random.Next(set.Count))];
            int lowBits = low % (WideRans.MaxLowBits + 1);
            byte[] code = Encode(set, indices, symbols, lowBits);
            int[] decoded = new int[symbols.Length];
            Assert.Equal(OperationStatus.Done, WideRans.Decode(set, indices, code, decoded));
            Assert.Equal(symbols, decoded);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_short_message_is_these_bytes()
    {
        byte[] indices = [30, 30, 30, 30];
        int[] symbols = [100, -300, int.MaxValue, 7];
        Assert.Equal("06072028C4F36E008024F5FFFFFF7700", Convert.ToHexString(Encode(TableSet.Gaussian, indices, symbols, lowBits: 6)));
    }

    [Fact]
    public void Wide_gaussians_cost_no_more_than_their_information_and_a_bit_in_a_hundred()
    {
        var random = new Random(1);
        const double deviation = 100_000;
        int[] symbols = [.. Enumerable.Range(0, 20_000).Select(_ => (int)Math.Round(Gaussian(random) * deviation))];
        TableSet set = new(GaussianTables.Make(deviation / 4096));
        double ideal = symbols.Length * Math.Log2(deviation * Math.Sqrt(2 * Math.PI * Math.E)) / 8;
        Assert.InRange(Encode(set, new byte[symbols.Length], symbols, lowBits: 12).Length / ideal, 0.99, 1.01);
    }

    [Fact]
    public void Every_truncation_and_every_destination_that_is_too_small_is_noticed()
    {
        var random = new Random(2);
        int[] symbols = Symbols(random, 200);
        byte[] indices = new byte[symbols.Length];
        byte[] code = Encode(TableSet.Laplace, indices, symbols, lowBits: 3);
        int[] decoded = new int[symbols.Length];
        for (int length = 0; length < code.Length; length++)
        {
            Assert.NotEqual(OperationStatus.Done, WideRans.Decode(TableSet.Laplace, indices, code.AsSpan(0, length), decoded));
            Assert.All(decoded, symbol => Assert.Equal(0, symbol));
            Assert.Equal(
                (OperationStatus.DestinationTooSmall, 0),
                (WideRans.Encode(TableSet.Laplace, indices, symbols, 3, new byte[length], out int written), written));
        }

        Assert.Equal(OperationStatus.InvalidData, WideRans.Decode(TableSet.Laplace, indices, [.. code, 0], decoded));
    }

    static int[] Symbols(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => random.Next(20) switch
        {
            0 => random.Next(int.MinValue, int.MaxValue),
            1 => random.Next(2) == 0 ? int.MinValue : int.MaxValue,
            2 => short.MinValue << random.Next(17),
            _ => random.Next(-90, 90) << random.Next(9),
        }),
    ];

    static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static byte[] Encode(TableSet set, byte[] indices, int[] symbols, int lowBits)
    {
        byte[] destination = new byte[WideRans.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(OperationStatus.Done, WideRans.Encode(set, indices, symbols, lowBits, destination, out int written));
        return destination[..written];
    }
}
