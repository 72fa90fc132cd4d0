using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<BoxMuller.Fn, uint, float>;

public class BoxMullerCheck
{
    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_number_of_groups() =>
        KernelCheck.Exact(BoxMuller.Table, [.. Enumerable.Range(0, 8).Append(3001).Select(Groups)], Patterns.Words);

    [Fact]
    public void Without_fused_multiply_add_the_bits_are_the_same()
    {
        var table = new KernelTable<BoxMuller.Fn>(
            "BoxMuller without FMA",
            BoxMuller.Table.Reference,
            new Variant<BoxMuller.Fn>(IsaLevel.Scalar, BoxMuller.Vector128WithoutFma));
        KernelCheck.Exact(table, [Groups(1), Groups(1000)], Patterns.Words);
    }

    [Fact]
    public void Words_may_become_normals_in_place()
    {
        uint[] words = [.. Enumerable.Range(0, 80).Select(i => (uint)i * 2654435761u)];
        float[] apart = new float[80];
        BoxMuller.Run(words, apart);
        BoxMuller.Run(words, System.Runtime.InteropServices.MemoryMarshal.Cast<uint, float>(words.AsSpan()));
        Assert.Equal(apart, words.Select(BitConverter.UInt32BitsToSingle));
    }

    [Fact]
    public void Parts_of_groups_and_short_destinations_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => BoxMuller.Run(new uint[17], new float[32]));
        Assert.ThrowsAny<ArgumentException>(() => BoxMuller.Run(new uint[32], new float[31]));
    }

    static Case Groups(int count) => new(
        $"{count} groups", [count * BoxMuller.Group], count * BoxMuller.Group, (kernel, x, y) => kernel(x[0], y));
}
