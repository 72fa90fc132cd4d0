using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;
using Lacuna.Tests.Kernels;

namespace Lacuna.Tests.Engine.Entropy;

public class AdaptiveBytesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    public void Any_bytes_come_back(int models) =>
        Prop.ForAll<byte[]>(bytes => Assert.Equal(bytes, RoundTrip(bytes, models))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Every_length_comes_back_through_buffers_that_end_where_they_may(int models)
    {
        var random = new Random(1);
        using var guarded = new GuardedMemory<byte>(70_000);
        foreach (int count in Enumerable.Range(0, 70).Concat([1000, 32767, 32768, 65_537]))
        {
            byte[] bytes = [.. Enumerable.Range(0, count).Select(_ => (byte)(random.Next(5) * random.Next(50)))];
            byte[] stream = Encode(bytes, models);
            Span<byte> last = guarded.Last(stream.Length);
            stream.CopyTo(last);
            var decoded = new byte[count];
            Assert.Equal(OperationStatus.Done, AdaptiveBytes.Decode(last, decoded));
            Assert.Equal(bytes, decoded);
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "0361")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa", "5891B1109AB4")]
    public void Short_texts_are_these_bytes(string text, string stream) =>
        Assert.Equal(stream, Convert.ToHexString(Encode(Encoding.ASCII.GetBytes(text), models: 0)));

    [Theory]
    [InlineData(1000, 0, 1.08)]
    [InlineData(10_000, 0, 1.02)]
    [InlineData(1_000_000, 1, 1.014)]
    [InlineData(1_000_000, 8, 1.018)]
    public void Independent_bytes_cost_little_more_than_their_entropy(int count, int models, double most)
    {
        byte[] bytes = Gaussian(count, deviation: 3.87);
        double bits = bytes.CountBy(value => value).Sum(pair => pair.Value * Math.Log2((double)count / pair.Value));
        Assert.InRange(Encode(bytes, models).Length * 8 / bits, 1, most);
    }

    [Fact]
    public void Bytes_whose_distribution_changes_cost_less_than_their_entropy_as_a_whole()
    {
        byte[] bytes = [.. Gaussian(50_000, 3), .. Gaussian(50_000, 3).Select(value => (byte)(value + 100))];
        double bits = bytes.CountBy(value => value).Sum(pair => pair.Value * Math.Log2((double)bytes.Length / pair.Value));
        Assert.InRange(Encode(bytes, models: 1).Length * 8 / bits, 0.5, 0.85);
    }

    [Fact]
    public void What_does_not_get_shorter_is_stored_with_one_byte()
    {
        byte[] noise = new byte[5000];
        new Random(1).NextBytes(noise);
        byte[] stream = Encode(noise, models: 0);
        Assert.Equal([3, .. noise], stream);
        Assert.Equal(AdaptiveBytes.MaxEncodedBytes(noise.Length), stream.Length);
        Assert.Equal(OperationStatus.InvalidData, AdaptiveBytes.Decode(stream, new byte[4999]));
        Assert.Equal(OperationStatus.NeedMoreData, AdaptiveBytes.Decode(stream, new byte[5001]));
        Assert.Equal(OperationStatus.InvalidData, AdaptiveBytes.Decode([7, 0], new byte[1]));
    }

    [Fact]
    public void A_destination_too_small_is_a_status()
    {
        byte[] stream = Encode("mississippi mississippi"u8.ToArray(), models: 0);
        for (int capacity = 0; capacity <= stream.Length; capacity++)
        {
            var destination = new byte[capacity];
            OperationStatus status = AdaptiveBytes.Encode("mississippi mississippi"u8, destination, out int written);
            bool fits = capacity == stream.Length;
            Assert.Equal(fits ? (OperationStatus.Done, capacity) : (OperationStatus.DestinationTooSmall, 0), (status, written));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Cut_lengthened_and_damaged_streams_are_noticed(int models)
    {
        byte[] bytes = Gaussian(40_000, 20);
        byte[] stream = Encode(bytes, models);
        var decoded = new byte[bytes.Length];
        var random = new Random(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. stream];
            damaged[random.Next(stream.Length)] ^= (byte)(1 << random.Next(8));
            foreach (byte[] wrong in new[] { damaged, stream[..random.Next(stream.Length)], [.. stream, 0], [.. stream, 0, 0] })
            {
                decoded.AsSpan().Fill(1);
                Assert.NotEqual(OperationStatus.Done, AdaptiveBytes.Decode(wrong, decoded));
                Assert.False(decoded.AsSpan().ContainsAnyExcept((byte)0));
            }
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AdaptiveBytes.Encode([1], new byte[9], out _, models: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdaptiveBytes.Encode(new byte[AdaptiveBytes.MaxCount + 1], [], out _));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        byte[] bytes = Gaussian(40_000, 4), stream = new byte[40_001], decoded = new byte[bytes.Length];
        Once();
        Assert.Equal(0, Allocated.By(Once));

        void Once()
        {
            AdaptiveBytes.Encode(bytes, stream, out int written);
            AdaptiveBytes.Decode(stream.AsSpan(0, written), decoded);
        }
    }

    internal static byte[] Gaussian(int count, double deviation)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)(128 + Math.Round(deviation * Normal(random))))];
    }

    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static byte[] RoundTrip(byte[] bytes, int models)
    {
        var decoded = new byte[bytes.Length];
        Assert.Equal(OperationStatus.Done, AdaptiveBytes.Decode(Encode(bytes, models), decoded));
        return decoded;
    }

    static byte[] Encode(byte[] bytes, int models)
    {
        var stream = new byte[AdaptiveBytes.MaxEncodedBytes(bytes.Length)];
        Assert.Equal(OperationStatus.Done, AdaptiveBytes.Encode(bytes, stream, out int written, models));
        return stream[..written];
    }
}
