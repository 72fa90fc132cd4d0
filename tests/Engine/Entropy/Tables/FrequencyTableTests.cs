using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class FrequencyTableTests
{
    [Fact]
    public void Normalised_frequencies_have_the_sum_and_no_move_of_a_unit_saves_bits() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            double[] weights = new double[random.Next(1, 60)];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = random.Next(5) == 0 ? 0 : Math.Pow(random.NextDouble(), random.Next(1, 20));
            }

            weights[0] += 1e-6;
            int[] frequencies = new int[weights.Length];
            Frequencies.Normalise(weights, 512, frequencies);

            Assert.Equal(512, frequencies.Sum());
            Assert.All(weights.Zip(frequencies), pair => Assert.Equal(pair.First > 0, pair.Second > 0));
            double mass = weights.Sum();
            double bits = Bits(frequencies);
            for (int from = 0; from < weights.Length; from++)
            for (int to = 0; to < weights.Length; to++)
            {
                if (from != to && frequencies[from] > 1 && weights[to] > 0)
                {
                    int[] moved = [.. frequencies];
                    moved[from]--;
                    moved[to]++;
                    Assert.True(Bits(moved) > bits * 0.9999, $"seed {seed}: a unit from {from} to {to}");
                }
            }

            double Bits(int[] f) => f.Select((frequency, i) => weights[i] > 0 ? weights[i] / mass * Math.Log2(512.0 / frequency) : 0).Sum();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ties_go_to_the_lowest_index()
    {
        int[] frequencies = new int[3];
        Frequencies.Normalise([1, 1, 1], 65536, frequencies);
        Assert.Equal([21846, 21845, 21845], frequencies);
    }

    [Fact]
    public void What_the_frequencies_leave_is_the_escapes()
    {
        var table = new FrequencyTable(-1, [10, 20, 30], shift: 2);
        Assert.Equal(65536 - (4 * 60), table.EscapeFrequency);
        Assert.Equal(-1, table.CodeOf(-1));
        Assert.Equal(1, table.CodeOf(7));
        Assert.Equal(-128, table.CodeOf(8));
        Assert.Equal(-128, table.CodeOf(-5));
    }

    [Fact]
    public void Impossible_tables_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new FrequencyTable(0, [0, 0]));
        Assert.ThrowsAny<ArgumentException>(() => new FrequencyTable(0, [32768, 32768]));
        Assert.ThrowsAny<ArgumentException>(() => new FrequencyTable(-128, [1]));
        Assert.ThrowsAny<ArgumentException>(() => new FrequencyTable(127, [1, 1]));
        Assert.ThrowsAny<ArgumentException>(() => new FrequencyTable(0, [1], shift: 8));
        Assert.ThrowsAny<ArgumentException>(() => FrequencyTable.FromWeights(0, [1, double.NaN], 0));
        Assert.ThrowsAny<ArgumentException>(() => FrequencyTable.FromWeights(0, [1, -1], 0));
        Assert.ThrowsAny<ArgumentException>(() => new TableSet());
    }
}
