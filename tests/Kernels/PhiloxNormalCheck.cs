using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<PhiloxNormal.Fn, uint, float>;

public class PhiloxNormalCheck
{
    /// <summary>Elements of the widest step.</summary>
    const int Widest = 64;

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(4ul)]
    [InlineData(63ul)]
    [InlineData((1ul << 34) - 37)]
    [InlineData((1ul << 63) - 1)]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_length(ulong first) =>
        KernelCheck.Exact(
            PhiloxNormal.Table,
            [.. Enumerable.Range(0, 3 * Widest + 1).Append(10_007).Select(length => Part(first, length))],
            Patterns.Words);

    [Fact]
    public void Without_fused_multiply_add_the_bits_are_the_same()
    {
        var table = new KernelTable<PhiloxNormal.Fn>(
            "PhiloxNormal without FMA",
            PhiloxNormal.Table.Reference,
            new Variant<PhiloxNormal.Fn>(IsaLevel.Scalar, PhiloxNormal.Vector128WithoutFma));
        KernelCheck.Exact(table, [Part(0, 20_000), Part(3, 35)], Patterns.Words);
    }

    [Fact]
    public void The_published_blocks_come_out()
    {
        Assert.Equal(new(0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8), Philox.Block(default, 0));
        Assert.Equal(
            new(0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
            Philox.Block(new(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue), ulong.MaxValue));
        Assert.Equal(
            new(0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
            Philox.Block(new(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), 0x299F31D0_A4093822));
    }

    [Fact]
    public void Any_part_of_a_row_equals_the_row()
    {
        var stream = new NoiseStream(0x0123_4567_89AB_CDEF, Step: 7, Draw: 1);
        float[] whole = new float[1000];
        PhiloxNormal.Run(stream, 0, whole);
        for (int first = 0; first < 150; first++)
        {
            float[] part = new float[first * 5 % 300];
            PhiloxNormal.Run(stream, (ulong)first, part);
            Assert.Equal(whole[first..(first + part.Length)], part);
        }
    }

    [Fact]
    public void Deviates_are_normal_and_independent()
    {
        const int Count = 1 << 20;
        float[] z = new float[Count], other = new float[Count];
        PhiloxNormal.Run(new NoiseStream(1), 0, z);
        PhiloxNormal.Run(new NoiseStream(1, Step: 1), 0, other);

        // Each within five standard errors.
        double error = 5 / Math.Sqrt(Count);
        Assert.InRange(z.Average(), -error, error);
        Assert.InRange(z.Average(v => (double)v * v) - 1, -error * Math.Sqrt(2), error * Math.Sqrt(2));
        Assert.InRange(z.Average(v => Math.Pow(v, 3)), -error * Math.Sqrt(15), error * Math.Sqrt(15));
        Assert.InRange(z.Average(v => Math.Pow(v, 4)) - 3, -error * Math.Sqrt(96), error * Math.Sqrt(96));
        Assert.InRange(z.Zip(z.Skip(1), (a, b) => (double)a * b).Average(), -error, error);
        Assert.InRange(z.Zip(other, (a, b) => (double)a * b).Average(), -error, error);
        Assert.InRange(z.Count(v => Math.Abs(v) > 1.959964) / (double)Count, 0.05 - error, 0.05 + error);
    }

    static Case Part(ulong first, int length) => new(
        $"{length} from {first}",
        [4],
        length,
        (kernel, x, z) => kernel(new NoiseStream(x[0][0] | (ulong)x[0][1] << 32, x[0][2], x[0][3]), first, z));
}
