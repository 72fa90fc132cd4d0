namespace Lacuna.Tests.Fuzz;

/// <summary>An entry point that takes bytes from outside. Any fuzzer may drive it: <see cref="Run"/> is all that it needs.</summary>
interface IFuzzTarget
{
    /// <summary>Names the target and its folder of the corpus.</summary>
    string Name { get; }

    /// <summary>Mutated inputs in a test run.</summary>
    int Mutations { get; }

    /// <summary>Most managed memory that one input may make the entry point allocate, in bytes.</summary>
    long MostAllocated { get; }

    /// <summary>Gives the input to the entry point, which must answer with a status.</summary>
    /// <returns>Whether the input was taken as valid.</returns>
    bool Run(ReadOnlySpan<byte> input);

    /// <summary>Valid inputs that mutations start from, with file names.</summary>
    IEnumerable<(string Name, byte[] Bytes)> MakeSeeds();

    /// <summary>An input made of a seed and another, its checks made right again more often than not.</summary>
    byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) => mutator.Change(seed, other);
}
