using System.Text;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<Crc32C.Fn, byte, uint>;

public class Crc32CCheck
{
    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x12345678u)]
    public void Every_variant_gives_the_check_of_the_reference_for_any_length(uint before)
    {
        Case[] cases =
        [
            .. Enumerable.Range(0, 70).Concat([6143, 6144, 6145, 12_288, 100_003]).Select(length =>
                new Case($"{length} bytes after {before:X8}", [length], 1, (kernel, x, y) => y[0] = kernel(before, x[0]))),
        ];
        KernelCheck.Exact(Crc32C.Table, cases, Patterns.Bytes);
    }

    [Fact]
    public void The_published_values_come_out()
    {
        byte[] ascending = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        Assert.Equal(0xE3069283u, Crc32C.Run(0, Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C.Run(0, new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Run(0, [.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Run(0, ascending));
        Assert.Equal(0x113FDB5Cu, Crc32C.Run(0, [.. ascending.Reverse()]));
    }

    [Fact]
    public void A_check_goes_on_where_another_ended()
    {
        byte[] bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(Crc32C.Run(0, bytes), Crc32C.Run(Crc32C.Run(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }
}
