namespace Lacuna.Tests.Kernels;

/// <summary>One shape in which a check calls a kernel with every variant and every pattern.</summary>
/// <param name="Shape">As a failure prints it.</param>
/// <param name="InputCounts">Elements of each input; each ends at a guard page.</param>
/// <param name="OutputCount">Elements of the output; it lies between canaries.</param>
/// <param name="Call">Calls the kernel.</param>
/// <param name="InPlace">The output is an input too, and is filled with the pattern before the call.</param>
sealed record KernelCase<TFn, TIn, TOut>(
    string Shape,
    IReadOnlyList<int> InputCounts,
    int OutputCount,
    KernelCase<TFn, TIn, TOut>.Caller Call,
    bool InPlace = false)
    where TIn : unmanaged
{
    public delegate void Caller(TFn kernel, KernelInputs<TIn> inputs, Span<TOut> output);
}

/// <summary>The inputs of one call, in the order of <see cref="KernelCase{TFn, TIn, TOut}.InputCounts"/>.</summary>
sealed class KernelInputs<TIn>(IReadOnlyList<int> capacities) : IDisposable
    where TIn : unmanaged
{
    readonly GuardedMemory<TIn>[] memories = [.. capacities.Select(count => new GuardedMemory<TIn>(count))];
    IReadOnlyList<int> counts = [];

    public ReadOnlySpan<TIn> this[int input] => memories[input].Last(counts[input]);

    /// <summary>Sets the lengths and fills all inputs.</summary>
    public void Fill(IReadOnlyList<int> inputCounts, Pattern<TIn> pattern, Random random)
    {
        counts = inputCounts;
        for (int input = 0; input < counts.Count; input++)
        {
            pattern.Fill(random, memories[input].Last(counts[input]));
        }
    }

    public void Dispose() => Array.ForEach(memories, memory => memory.Dispose());
}
