using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class LosslessPlaneTests
{
    [Fact]
    public void Any_plane_comes_back_and_the_bytes_between_rows_are_left_alone() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            int width = random.Next(1, 60);
            int height = random.Next(1, 60);
            int stride = width + random.Next(3);
            byte[] plane = Plane(random, width, height, stride);

            byte[] stream = Encode(plane, width, height, stride);
            byte[] decoded = [.. Enumerable.Repeat((byte)0xA5, plane.Length)];
            Assert.Equal(OperationStatus.Done, LosslessPlane.Decode(stream, decoded, width, height, stride));
            for (int i = 0; i < plane.Length; i++)
            {
                Assert.Equal(i % stride < width ? plane[i] : 0xA5, decoded[i]);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_plane_of_one_value_is_two_bytes() =>
        Assert.Equal([0, 255], LosslessPlane.Encode([.. Enumerable.Repeat((byte)255, 640 * 480)], 640, 480));

    [Fact]
    public void Noise_costs_one_byte_more_than_itself()
    {
        byte[] plane = new byte[64 * 64];
        new Random(1).NextBytes(plane);
        Assert.Equal(plane.Length + 1, Encode(plane, 64, 64, 64).Length);
    }

    [Fact]
    public void A_disc_with_a_soft_edge_takes_less_than_an_eighth_of_a_bit_a_sample()
    {
        byte[] plane = Disc(512, softness: 3);
        Assert.InRange(Encode(plane, 512, 512, 512).Length, 2, 512 * 512 / 64);
    }

    [Fact]
    public void A_small_disc_is_these_bytes() =>
        Assert.Equal(
            "0234FE9052C45AD5300A0588977B06EDF088B22FC992D7E49C8A7C56F6226A3941AA09E917687AA85148AA30B27A0607A0C255BDA765D2"
            + "CC38A0802CCF0778CC0F13E3E2C8B5274A1457FF1D248571BC067B3BA62594951F256DF8D80EF22A080E84",
            Convert.ToHexString(Encode(Disc(12, softness: 2), 12, 12, 12)));

    [Fact]
    public void A_destination_that_is_too_small_is_a_status()
    {
        byte[] plane = Disc(40, softness: 4);
        int length = Encode(plane, 40, 40, 40).Length;
        byte[] destination = new byte[length];
        for (int capacity = 0; capacity < length; capacity++)
        {
            OperationStatus status = LosslessPlane.Encode(plane, 40, 40, 40, destination.AsSpan(0, capacity), out int none);
            Assert.Equal((OperationStatus.DestinationTooSmall, 0), (status, none));
        }

        Assert.Equal(OperationStatus.Done, LosslessPlane.Encode(plane, 40, 40, 40, destination, out _));
    }

    [Fact]
    public void Ten_thousand_damaged_streams_give_a_status()
    {
        var random = new Random(9);
        byte[][] streams =
        [
            Encode(Disc(24, softness: 5), 24, 24, 24),
            Encode(Plane(random, 24, 24, 24), 24, 24, 24),
            [0, 7],
        ];
        byte[] decoded = new byte[24 * 24];
        for (int i = 0; i < 10_000; i++)
        {
            OperationStatus status = LosslessPlane.Decode(RansInputs.Damage(random, streams[i % 3]), decoded, 24, 24, 24);
            Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        }

        Assert.Equal(OperationStatus.NeedMoreData, LosslessPlane.Decode([], decoded, 24, 24, 24));
        Assert.Equal(OperationStatus.InvalidData, LosslessPlane.Decode([3, 1], decoded, 24, 24, 24));
    }

    [Fact]
    public void Sizes_that_do_not_fit_the_plane_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => LosslessPlane.Decode([0, 1], new byte[5], 3, 2, 3));
        Assert.ThrowsAny<ArgumentException>(() => LosslessPlane.Decode([0, 1], new byte[5], 0, 2, 3));
        Assert.ThrowsAny<ArgumentException>(() => LosslessPlane.Decode([0, 1], new byte[6], 3, 2, 2));
        Assert.ThrowsAny<ArgumentException>(() => LosslessPlane.Decode([0, 1], new byte[6], 65535, 65535, 65535));
    }

    static byte[] Encode(byte[] plane, int width, int height, int stride)
    {
        byte[] destination = new byte[LosslessPlane.MaxEncodedBytes(width, height)];
        Assert.Equal(OperationStatus.Done, LosslessPlane.Encode(plane, width, height, stride, destination, out int written));
        return destination[..written];
    }

    static byte[] Disc(int size, double softness)
    {
        byte[] plane = new byte[size * size];
        for (int i = 0; i < plane.Length; i++)
        {
            double distance = Math.Sqrt(Math.Pow((i % size) - (size * 0.45), 2) + Math.Pow((i / size) - (size * 0.55), 2));
            plane[i] = (byte)Math.Clamp(128 + (((size * 0.35) - distance) * 128 / softness), 0, 255);
        }

        return plane;
    }

    static byte[] Plane(Random random, int width, int height, int stride)
    {
        byte[] plane = new byte[((height - 1) * stride) + width];
        int kind = random.Next(4);
        int value = random.Next(256);
        for (int i = 0; i < plane.Length; i++)
        {
            value = kind switch
            {
                0 => random.Next(256),
                1 => Math.Clamp(value + random.Next(-3, 4), 0, 255),
                2 => random.Next(50) == 0 ? random.Next(256) : value,
                _ => random.Next(2) * 255,
            };
            plane[i] = (byte)value;
        }

        return plane;
    }
}
