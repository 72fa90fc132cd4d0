using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<DiffusionUpdate.Fn, float, float>;

public class DiffusionUpdateCheck
{
    /// <summary>Elements of the widest step.</summary>
    const int Widest = 64;

    static readonly DiffusionWeights Weights = new()
    {
        Guidance = 7.5f,
        DataState = 1.25f,
        DataOutput = -0.75f,
        DataLimit = 1.5f,
        State = 0.875f,
        Output = -0.3f,
        Data = 0.6f,
        Past1 = -1.1f,
        Past2 = 0.4f,
        Past3 = -0.05f,
        Noise = 0.9f,
    };

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_length() =>
        Check(Enumerable.Range(0, 3 * Widest).Select(count => Whole(count, Weights)));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_whatever_takes_part() =>
        Check(
            from parts in Enumerable.Range(0, 128)
            let weights = (parts & 1) == 0 ? Weights : Weights with { DataLimit = float.PositiveInfinity }
            select Some(3 * Widest / 2, parts, NetworkFormat.Float32, weights));

    [Theory]
    [InlineData(NetworkFormat.Float16)]
    [InlineData(NetworkFormat.BFloat16)]
    public void Every_variant_reads_short_outputs_as_the_reference_does(NetworkFormat format) =>
        Check(from count in new[] { 4, 2 * Widest, 2 * Widest + 22 } select Some(count, parts: 127, format, Weights));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_on_a_long_run() =>
        KernelCheck.Exact(DiffusionUpdate.Table, [Whole(70_001, Weights)], [.. Patterns.Floats.Take(1)]);

    [Fact]
    public void Without_fused_multiply_add_the_bits_are_the_same()
    {
        var table = new KernelTable<DiffusionUpdate.Fn>(
            "DiffusionUpdate without FMA",
            DiffusionUpdate.Table.Reference,
            new Variant<DiffusionUpdate.Fn>(IsaLevel.Scalar, DiffusionUpdate.Vector128WithoutFma));
        KernelCheck.Exact(table, [Whole(3 * Widest, Weights)], Patterns.Floats);
    }

    [Fact]
    public void All_half_numbers_are_read_exactly()
    {
        ushort[] halves = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        float[] zero = new float[halves.Length];
        foreach (Variant<DiffusionUpdate.Fn> variant in DiffusionUpdate.Table.Runnable)
        {
            float[] read = new float[halves.Length];
            var tensors = new DiffusionTensors
            {
                Format = NetworkFormat.Float16,
                State = zero,
                Output = MemoryMarshal.AsBytes(halves.AsSpan()),
            };
            Assert.False(variant.Run(new DiffusionWeights { Output = 1 }, tensors, read, default));
            Assert.Equal(halves.Select(bits => (float)BitConverter.UInt16BitsToHalf(bits)), read);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void An_output_that_is_not_finite_is_told_wherever_it_stands(float bad)
    {
        foreach (Variant<DiffusionUpdate.Fn> variant in DiffusionUpdate.Table.Runnable)
        {
            for (int at = -1; at < 2 * Widest + 3; at++)
            {
                float[] output = new float[2 * Widest + 3], next = new float[output.Length];
                if (at >= 0)
                {
                    output[at] = bad;
                }

                var tensors = new DiffusionTensors { State = next, Output = MemoryMarshal.AsBytes(output.AsSpan()) };
                Assert.Equal(at < 0, variant.Run(new DiffusionWeights { Output = 1 }, tensors, next, default));
            }
        }
    }

    [Fact]
    public void Data_may_replace_a_past_tensor_and_the_next_state_the_state()
    {
        foreach (Variant<DiffusionUpdate.Fn> variant in DiffusionUpdate.Table.Runnable)
        {
            const int count = Widest + 5;
            float[] state = [.. Enumerable.Range(0, count).Select(i => (float)i)], past = [.. state.Select(x => 100 - x)];
            float[] output = [.. state.Select(x => x * 0.5f)];
            var tensors = new DiffusionTensors { State = state, Output = MemoryMarshal.AsBytes(output.AsSpan()), Past3 = past };
            variant.Run(new DiffusionWeights { DataOutput = 2, State = 1, Past3 = 1 }, tensors, state, past);
            Assert.Equal(Enumerable.Repeat(100f, count), state);
            Assert.Equal(output.Select(x => 2 * x), past);
        }
    }

    [Fact]
    public void Lengths_that_differ_and_partial_overlaps_are_refused()
    {
        float[] state = new float[8], next = new float[8];
        byte[] output = new byte[32];
        DiffusionWeights weights = default;
        Assert.ThrowsAny<ArgumentException>(() => Run(output.AsSpan(4), state, next));
        Assert.ThrowsAny<ArgumentException>(() => Run(output, state, next.AsSpan(1)));
        Assert.ThrowsAny<ArgumentException>(() => Run(output, state, MemoryMarshal.Cast<byte, float>(output.AsSpan())));
        float[] longer = new float[12];
        Assert.ThrowsAny<ArgumentException>(() => Run(output, longer.AsSpan(0, 8), longer.AsSpan(4)));

        void Run(ReadOnlySpan<byte> m, ReadOnlySpan<float> x, Span<float> y) =>
            DiffusionUpdate.Run(weights, new DiffusionTensors { State = x, Output = m }, y, default);
    }

    static void Check(IEnumerable<Case> cases) => KernelCheck.Exact(DiffusionUpdate.Table, [.. cases], Patterns.Floats);

    static Case Whole(int count, DiffusionWeights weights) => Some(count, parts: 127, NetworkFormat.Float32, weights);

    /// <summary>
    /// A call with some of the tensors: a bit each for the unconditional output, three past ones, noise, next state and data.
    /// </summary>
    static Case Some(int count, int parts, NetworkFormat format, DiffusionWeights weights)
    {
        int outputs = format == NetworkFormat.Float32 ? count : count / 2;
        return new Case(
            $"{count} {format} with {parts:b7}",
            [count, outputs, outputs, count, count, count, count],
            2 * count,
            (kernel, x, y) =>
            {
                bool Has(int part) => (parts & 1 << part) != 0;
                var tensors = new DiffusionTensors
                {
                    Format = format,
                    State = x[0],
                    Output = MemoryMarshal.AsBytes(x[1]),
                    Unconditional = Has(0) ? MemoryMarshal.AsBytes(x[2]) : default,
                    Past1 = Has(1) ? x[3] : default,
                    Past2 = Has(2) ? x[4] : default,
                    Past3 = Has(3) ? x[5] : default,
                    Noise = Has(4) ? x[6] : default,
                };
                kernel(weights, tensors, Has(5) ? y[..count] : default, Has(6) ? y[count..] : default);
            });
    }
}
