using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<FloatMerge.Fn, byte, byte>;

public class FloatMergeCheck
{
    [Fact]
    public void Every_variant_gives_the_floats_of_the_reference()
    {
        Case[] cases =
        [
            .. FloatSplitCheck.Counts.Select(count =>
                new Case($"{count} x 2", [count, count], 2 * count, (kernel, x, y) => kernel(new FloatPlanes(x[0], x[1]), y))),
            .. FloatSplitCheck.Counts.Select(count =>
                new Case($"{count} x 4", [count, count, count, count], 4 * count,
                    (kernel, x, y) => kernel(new FloatPlanes(x[0], x[1], x[2], x[3]), y))),
        ];
        KernelCheck.Exact(FloatMerge.Table, cases, Patterns.Bytes);
    }

    [Fact]
    public void Every_half_comes_back_from_its_planes()
    {
        byte[] halves = [.. Enumerable.Range(0, 1 << 16).SelectMany(i => (byte[])[(byte)i, (byte)(i >> 8)])];
        var planes = new byte[halves.Length];
        FloatSplit.Run(halves, 2, planes);
        var again = new byte[halves.Length];
        FloatMerge.Run(new FloatPlanes(planes.AsSpan(0, 1 << 16), planes.AsSpan(1 << 16)), again);
        Assert.Equal(halves, again);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(77u)]
    public void Floats_of_every_exponent_and_sign_come_back(uint mantissa)
    {
        const int count = 512;
        var floats = new byte[4 * count];
        for (int i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(floats.AsSpan(4 * i), (uint)i << 23 | mantissa * 0x0101);
        }

        var planes = new byte[floats.Length];
        FloatSplit.Run(floats, 4, planes);
        var again = new byte[floats.Length];
        ReadOnlySpan<byte> all = planes;
        FloatMerge.Run(
            new FloatPlanes(all[..count], all.Slice(count, count), all.Slice(2 * count, count), all[(3 * count)..]), again);
        Assert.Equal(floats, again);
    }

    [Fact]
    public void Sizes_that_do_not_agree_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FloatPlanes(new byte[3], new byte[2]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FloatPlanes(new byte[3], new byte[3], new byte[3], new byte[2]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => FloatMerge.Run(new FloatPlanes(new byte[3], new byte[3]), new byte[5]));
    }
}
