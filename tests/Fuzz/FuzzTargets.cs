using Lacuna.Tests.Conformance;
using Lacuna.Tests.Fuzz.Targets;

namespace Lacuna.Tests.Fuzz;

/// <summary>One input with a name to report it by.</summary>
sealed record FuzzInput(string Name, byte[] Bytes);

/// <summary>Every target, and the corpus: tests/Fuzz/corpus, a folder a target.</summary>
static class FuzzTargets
{
    /// <summary>So begin the names of files that <see cref="IFuzzTarget.MakeSeeds"/> makes; all others once found a fault.</summary>
    public const string SeedPrefix = "seed-";

    static readonly Lazy<Dictionary<string, FuzzInput[]>> Corpora = new(Open);

    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new InfoTarget(), new DecodeTarget(), new RansTarget(), new StaticTarget(), new WideRansTarget(), new TableSetTarget(),
        new PlaneTarget(), new DecisionsTarget(), new AdaptiveBytesTarget(), new TensorTarget(), new PayloadTarget(), new ChunkTarget(),
        new PngTarget(), new NetpbmTarget(), new PamTarget(), new Y4mTarget(),
        new TokenTarget(), new CodebookTarget(), new NpyTarget(),
    ];

    /// <summary>A target's files in the order of their names.</summary>
    public static FuzzInput[] Corpus(IFuzzTarget target) => Corpora.Value[target.Name];

    /// <summary>Mutated inputs of a target; number n is the same in every run over the same corpus.</summary>
    public static IEnumerable<FuzzInput> Mutated(IFuzzTarget target, int count, int firstSeed)
    {
        FuzzInput[] corpus = Corpus(target);
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var mutator = new Mutator(seed);
            FuzzInput source = corpus[mutator.Next(corpus.Length)], other = corpus[mutator.Next(corpus.Length)];
            yield return new FuzzInput($"mutation {seed}", target.Mutate(source.Bytes, other.Bytes, mutator));
        }
    }

    static Dictionary<string, FuzzInput[]> Open()
    {
        var corpora = new Dictionary<string, FuzzInput[]>();
        foreach (IFuzzTarget target in All)
        {
            string folder = StoredFiles.Folder("Fuzz", "corpus", target.Name);
            if (StoredFiles.Writing)
            {
                StoredFiles.Replace(folder, SeedPrefix + "*", target.MakeSeeds().Select(seed => (SeedPrefix + seed.Name, seed.Bytes)));
            }

            corpora[target.Name] =
            [
                .. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
                    .Select(file => new FuzzInput(Path.GetFileName(file), File.ReadAllBytes(file))),
            ];
        }

        return corpora;
    }
}
