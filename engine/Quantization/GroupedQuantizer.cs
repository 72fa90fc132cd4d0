using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>Divides the elements of a vector into groups, each with a quantiser of its own.</summary>
/// <remarks>
/// A group is a run of neighbouring elements; indices stand group after group. With residual quantisers in the groups this is grouped
/// residual quantisation (D. Yang et al., "HiFi-Codec", arXiv:2305.02765), with one stage each it is <see cref="ProductQuantizer"/>.
/// Decoding with fewer stages takes so many of every group, or all that it has.
/// </remarks>
public class GroupedQuantizer : CodeQuantizer
{
    const int BlockVectorCount = 1024;

    readonly CodeQuantizer[] groups;
    readonly int[] codewords;

    /// <summary>Makes a quantiser.</summary>
    /// <param name="groups">1 or more, the first for the first elements. They belong to this quantiser from now on.</param>
    /// <exception cref="ArgumentException">There is no group.</exception>
    public GroupedQuantizer(params ReadOnlySpan<CodeQuantizer> groups)
        : base(Sum(groups, group => group.Dimensions), Sum(groups, group => group.IndicesPerVector), BlockVectorCount)
    {
        this.groups = groups.ToArray();
        codewords = CodewordsOf(this.groups);
        Stages = this.groups.Max(group => group.Stages);
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<CodeQuantizer> Groups => groups;

    /// <inheritdoc/>
    public override int Stages { get; }

    /// <inheritdoc/>
    public override int CodewordsAt(int position) => codewords[position];

    internal override void EncodeRows(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker)
    {
        foreach (CodeQuantizer group in groups)
        {
            group.EncodeRows(shape, vectors, indices, worker);
            vectors = vectors[group.Dimensions..];
            indices = indices[group.IndicesPerVector..];
        }
    }

    internal override void DecodeRows(in NearestCodeShape shape, ReadOnlySpan<int> indices, Span<float> vectors, int stages)
    {
        foreach (CodeQuantizer group in groups)
        {
            group.DecodeRows(shape, indices, vectors, Math.Min(stages, group.Stages));
            vectors = vectors[group.Dimensions..];
            indices = indices[group.IndicesPerVector..];
        }
    }

    private protected override CodeQuantizer First(int stages) =>
        new GroupedQuantizer(groups.Select(group => group.Prefix(Math.Min(stages, group.Stages))));

    private protected override void Prepare(int workers) => Array.ForEach(groups, group => group.PrepareAll(workers));

    static int Sum(ReadOnlySpan<CodeQuantizer> groups, Func<CodeQuantizer, int> member)
    {
        ArgumentOutOfRangeException.ThrowIfZero(groups.Length, nameof(groups));
        int sum = 0;
        foreach (CodeQuantizer group in groups)
        {
            ArgumentNullException.ThrowIfNull(group, nameof(groups));
            sum = checked(sum + member(group));
        }

        return sum;
    }
}
