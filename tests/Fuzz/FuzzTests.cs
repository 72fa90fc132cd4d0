namespace Lacuna.Tests.Fuzz;

/// <summary>Any bytes give a status: the corpus again, then ten thousand mutations of it with fixed seeds.</summary>
public class FuzzTests
{
    public static TheoryData<string> Names { get; } = new(FuzzTargets.All.Select(target => target.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_of_the_corpus_gives_a_status_and_the_seeds_are_valid(string name)
    {
        IFuzzTarget target = Target(name);
        FuzzInput[] corpus = FuzzTargets.Corpus(target);
        Assert.NotEmpty(corpus);
        target.Run(corpus[0].Bytes);
        var run = new FuzzRun(target);
        run.Run(corpus);
        Assert.DoesNotContain(run.Refused, file => file.StartsWith(FuzzTargets.SeedPrefix, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_mutation_gives_a_status_and_some_get_past_the_checks(string name)
    {
        IFuzzTarget target = Target(name);
        target.Run(FuzzTargets.Corpus(target)[0].Bytes);
        var run = new FuzzRun(target);
        run.Run(FuzzTargets.Mutated(target, target.Mutations, firstSeed: 1));
        Assert.Equal(target.Mutations, run.Accepted.Count + run.Refused.Count);
        Assert.NotEmpty(run.Accepted);
        Assert.NotEmpty(run.Refused);
    }

    [Fact]
    public void Ten_thousand_mutations_are_run() => Assert.InRange(FuzzTargets.All.Sum(target => target.Mutations), 10_000, int.MaxValue);

    [Fact]
    public void A_mutation_number_gives_the_same_bytes_every_time()
    {
        foreach (IFuzzTarget target in FuzzTargets.All)
        {
            Assert.Equal(Mutations(target), Mutations(target));
        }

        static string[] Mutations(IFuzzTarget target) =>
            [.. FuzzTargets.Mutated(target, 20, firstSeed: 5).Select(input => Convert.ToHexString(input.Bytes))];
    }

    static IFuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);
}
