using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<MersenneTwister.Fn, uint, uint>;

public class MersenneTwisterCheck
{
    [Fact]
    public void Every_variant_writes_the_words_of_the_reference() =>
        KernelCheck.Exact(MersenneTwister.Table, [Calls(1), Calls(2), Calls(5)], Patterns.Words);

    [Fact]
    public void The_published_words_come_out()
    {
        // The standard demands this of std::mt19937: with its default seed 5489, the ten thousandth word.
        uint[] state = new uint[2 * MersenneTwister.Count], words = new uint[MersenneTwister.Count];
        MersenneTwister.Seed(5489, state);
        for (int call = 0; call <= 9999 / MersenneTwister.Count; call++)
        {
            MersenneTwister.Run(state, words);
        }

        Assert.Equal(4123659995u, words[9999 % MersenneTwister.Count]);
    }

    [Fact]
    public void Short_and_overlapping_spans_are_refused()
    {
        uint[] memory = new uint[3 * MersenneTwister.Count];
        Assert.ThrowsAny<ArgumentException>(() => MersenneTwister.Run(memory.AsSpan(0, 1247), new uint[624]));
        Assert.ThrowsAny<ArgumentException>(() => MersenneTwister.Run(memory, new uint[623]));
        Assert.ThrowsAny<ArgumentException>(() => MersenneTwister.Run(memory, memory.AsSpan(1248)));
        Assert.ThrowsAny<ArgumentException>(() => MersenneTwister.Seed(1, new uint[623]));
    }

    /// <summary>The words of the last of some calls, then the state that they left.</summary>
    static Case Calls(int count) => new($"{count} calls", [MersenneTwister.Count], 3 * MersenneTwister.Count, (kernel, x, y) =>
    {
        Span<uint> state = y[MersenneTwister.Count..];
        x[0].CopyTo(state);
        for (int call = 0; call < count; call++)
        {
            kernel(state, y[..MersenneTwister.Count]);
        }
    });
}
