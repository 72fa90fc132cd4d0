using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<AccumulateVectors.Fn, float, double>;

public class AccumulateVectorsCheck
{
    const int Codes = 5;

    [Fact]
    public void Every_variant_makes_the_sums_of_the_reference() =>
        KernelCheck.Exact(
            AccumulateVectors.Table,
            [.. Enumerable.Range(1, 40).Append(128).SelectMany(dimensions => new[] { Plain(50, dimensions, 0), Plain(7, dimensions, 3) })],
            [.. Patterns.Floats.Where(pattern => pattern.Name is not ("edges" or "rare edges" or "any bits"))]);

    [Fact]
    public void Sums_and_counts_are_added_to()
    {
        double[] sums = [100, 0, 1, 1];
        long[] counts = [7, 0];
        AccumulateVectors.Run(2, 3, [1, 2, 9, 3, 4, 9, 5, 6], [1, 0, 1], sums, counts);
        Assert.Equal([103.0, 4, 7, 9], sums);
        Assert.Equal([8L, 2], counts);
    }

    [Fact]
    public void Infinity_and_NaN_stay_in_their_sums()
    {
        foreach (Variant<AccumulateVectors.Fn> variant in AccumulateVectors.Table.Runnable)
        {
            double[] sums = new double[18];
            float[] source = [.. Enumerable.Repeat(1f, 18)];
            (source[2], source[9 + 8]) = (float.PositiveInfinity, float.NaN);
            variant.Run(9, 9, source, [0, 1], sums, new long[2]);
            Assert.Equal([2], Enumerable.Range(0, 18).Where(i => double.IsPositiveInfinity(sums[i])));
            Assert.Equal([17], Enumerable.Range(0, 18).Where(i => double.IsNaN(sums[i])));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused(0, 1, 4, [0], 2, 1);
        Refused(2, 1, 4, [0], 2, 1);
        Refused(2, 2, 3, [0, 0], 2, 1);
        Refused(2, 2, 4, [0, 0], 3, 1);
        Refused(2, 2, 4, [0, 1], 2, 1);
        Refused(2, 2, 4, [0, -1], 2, 1);

        static void Refused(int dimensions, int stride, int elements, int[] codes, int sums, int counts) =>
            Assert.ThrowsAny<ArgumentException>(
                () => AccumulateVectors.Run(dimensions, stride, new float[elements], codes, new double[sums], new long[counts]));
    }

    /// <summary>Input: the vectors. Outputs: the sums, then the counts.</summary>
    static Case Plain(int vectors, int dimensions, int gap)
    {
        var random = new Random(dimensions);
        int[] codes = [.. Enumerable.Range(0, vectors).Select(_ => random.Next(Codes))];
        return new Case(
            $"{vectors} x {dimensions} and {gap}",
            [(vectors - 1) * (dimensions + gap) + dimensions],
            Codes * dimensions + Codes,
            (kernel, inputs, output) =>
            {
                output.Clear();
                Span<double> sums = output[..(Codes * dimensions)];
                kernel(dimensions, dimensions + gap, inputs[0], codes, sums, MemoryMarshal.Cast<double, long>(output[sums.Length..]));
            });
    }
}
