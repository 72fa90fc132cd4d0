using System.Buffers.Binary;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<FloatSplit.Fn, byte, byte>;

public class FloatSplitCheck
{
    /// <summary>Every count to three of the widest steps and some, and a long run.</summary>
    internal static IEnumerable<int> Counts => Enumerable.Range(0, 200).Append(10_007);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Every_variant_gives_the_planes_of_the_reference(int width)
    {
        Case[] cases =
        [
            .. Counts.Select(count =>
                new Case($"{count} x {width}", [count * width], count * width, (kernel, x, y) => kernel(x[0], width, y))),
        ];
        KernelCheck.Exact(FloatSplit.Table, cases, Patterns.Bytes);
    }

    [Fact]
    public void Exponents_are_the_first_plane_and_the_sign_ends_the_last()
    {
        var floats = new byte[8];
        BinaryPrimitives.WriteSingleLittleEndian(floats, -1f); // exponent 127
        BinaryPrimitives.WriteUInt32LittleEndian(floats.AsSpan(4), 0x7F_A5_5A_81); // a NaN with a payload
        var planes = new byte[8];
        FloatSplit.Run(floats, 4, planes);
        Assert.Equal([127, 0xFF, 0, 0x4A, 0, 0xB5, 1, 0x02], planes);

        var halves = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(halves, 0x8000); // -0
        BinaryPrimitives.WriteUInt16LittleEndian(halves.AsSpan(2), 0x3F81); // bfloat16, a little above 1
        FloatSplit.Run(halves, 2, planes.AsSpan(0, 4));
        Assert.Equal([0, 127, 1, 2], planes[..4]);
    }

    [Fact]
    public void Sizes_that_do_not_agree_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => FloatSplit.Run(new byte[6], 3, new byte[6]));
        Assert.Throws<ArgumentException>(() => FloatSplit.Run(new byte[6], 4, new byte[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FloatSplit.Run(new byte[8], 4, new byte[7]));
    }
}
