using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>A quantiser between two projections, as one of the branches of a <see cref="SplitQuantizer"/>.</summary>
/// <param name="Down">From the vector to the quantiser's dimensions; null where they are the same.</param>
/// <param name="Quantizer">Belongs to the branch from now on.</param>
/// <param name="Up">From the quantiser's dimensions to the vector's; null where they are the same.</param>
public sealed record QuantizerBranch(PointwiseWeights? Down, CodeQuantizer Quantizer, PointwiseWeights? Up)
{
    /// <summary>Elements of the vector.</summary>
    public int Dimensions => Down?.Inputs ?? Quantizer.Dimensions;

    internal void Check(int dimensions)
    {
        ArgumentNullException.ThrowIfNull(Quantizer);
        bool fits = (Down?.Inputs ?? Quantizer.Dimensions) == dimensions
            && (Down?.Outputs ?? Quantizer.Dimensions) == Quantizer.Dimensions
            && (Up?.Inputs ?? Quantizer.Dimensions) == Quantizer.Dimensions
            && (Up?.Outputs ?? Quantizer.Dimensions) == dimensions;
        if (!fits)
        {
            throw new ArgumentException($"A branch's projections do not lead from {dimensions} elements to its quantiser and back.");
        }
    }
}

/// <summary>Several quantisers that encode the same vector; decoding adds what they give.</summary>
/// <remarks>
/// Split residual quantisation as Mimi has it (A. Defossez et al., "Moshi", arXiv:2410.00037): a semantic branch of one stage and
/// an acoustic one of the rest. Indices stand branch after branch; fewer stages are the first ones in this order. One branch with
/// projections alone is of use too.
/// </remarks>
public sealed class SplitQuantizer : CodeQuantizer
{
    const int BlockFloats = 1 << 18;

    readonly QuantizerBranch[] branches;
    readonly int[] codewords;
    readonly float[] decoded;
    readonly int chunk;
    float[][] projected = [];

    /// <summary>Makes a quantiser.</summary>
    /// <param name="branches">1 or more, for vectors of the same dimensions.</param>
    /// <exception cref="ArgumentException">There is no branch, or they do not fit together.</exception>
    public SplitQuantizer(params ReadOnlySpan<QuantizerBranch> branches)
        : base(DimensionsOf(branches), IndicesOf(branches), BlockVectors(MostDimensions(branches)))
    {
        this.branches = branches.ToArray();
        CodeQuantizer[] quantizers = this.branches.Select(branch => branch.Quantizer);
        codewords = CodewordsOf(quantizers);
        Stages = quantizers.Sum(quantizer => quantizer.Stages);
        chunk = BlockVectors(MostDimensions(branches));
        decoded = new float[checked(chunk * MostDimensions(branches))];
    }

    /// <summary>Vectors that go through a branch at a time, by the branch's dimensions.</summary>
    internal static int BlockVectors(int dimensions) => Math.Clamp(BlockFloats / dimensions, 24, 192) / 24 * 24;

    /// <summary>The branches.</summary>
    public IReadOnlyList<QuantizerBranch> Branches => branches;

    /// <inheritdoc/>
    public override int Stages { get; }

    /// <inheritdoc/>
    public override int CodewordsAt(int position) => codewords[position];

    internal override void EncodeRows(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker)
    {
        for (int first = 0; first < shape.Vectors; first += chunk)
        {
            NearestCodeShape part = shape with { Vectors = Math.Min(chunk, shape.Vectors - first) };
            Span<int> destination = indices[(first * shape.IndexStride)..];
            foreach (QuantizerBranch branch in branches)
            {
                EncodeBranch(branch, part, vectors[(first * shape.SourceStride)..], destination, worker);
                destination = destination[branch.Quantizer.IndicesPerVector..];
            }
        }
    }

    internal override void DecodeRows(in NearestCodeShape shape, ReadOnlySpan<int> indices, Span<float> vectors, int stages)
    {
        for (int first = 0; first < shape.Vectors; first += chunk)
        {
            NearestCodeShape part = shape with { Vectors = Math.Min(chunk, shape.Vectors - first) };
            ReadOnlySpan<int> source = indices[(first * shape.IndexStride)..];
            Span<float> destination = vectors[(first * shape.SourceStride)..];
            int left = stages;
            foreach (QuantizerBranch branch in branches)
            {
                if (left > 0)
                {
                    DecodeBranch(branch, part, source, destination, Math.Min(left, branch.Quantizer.Stages), isFirst: left == stages);
                }

                left -= branch.Quantizer.Stages;
                source = source[branch.Quantizer.IndicesPerVector..];
            }
        }
    }

    private protected override CodeQuantizer First(int stages)
    {
        var first = new List<QuantizerBranch>();
        for (int i = 0; stages > 0; stages -= branches[i++].Quantizer.Stages)
        {
            CodeQuantizer quantizer = branches[i].Quantizer;
            first.Add(branches[i] with { Quantizer = quantizer.Prefix(Math.Min(stages, quantizer.Stages)) });
        }

        return new SplitQuantizer(first.ToArray());
    }

    private protected override void Prepare(int workers)
    {
        projected = Sequence.Of(workers, _ => new float[decoded.Length]);
        Array.ForEach(branches, branch => branch.Quantizer.PrepareAll(workers));
    }

    void EncodeBranch(QuantizerBranch branch, in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker)
    {
        if (branch.Down is null)
        {
            branch.Quantizer.EncodeRows(shape, vectors, indices, worker);
            return;
        }

        var projection = new PointwiseShape(shape.Vectors, shape.SourceStride, branch.Down.Outputs);
        PointwiseConvolution.Run(projection, vectors, branch.Down, [], projected[worker]);
        branch.Quantizer.EncodeRows(shape with { SourceStride = branch.Down.Outputs }, projected[worker], indices, worker);
    }

    void DecodeBranch(
        QuantizerBranch branch, in NearestCodeShape shape, ReadOnlySpan<int> indices, Span<float> vectors, int stages, bool isFirst)
    {
        if (branch.Up is null && isFirst)
        {
            branch.Quantizer.DecodeRows(shape, indices, vectors, stages);
            return;
        }

        int own = branch.Quantizer.Dimensions;
        branch.Quantizer.DecodeRows(shape with { SourceStride = own }, indices, decoded, stages);
        if (branch.Up is not null)
        {
            var projection = new PointwiseShape(shape.Vectors, own, shape.SourceStride, isFirst ? 0 : shape.SourceStride);
            PointwiseConvolution.Run(projection, decoded, branch.Up, isFirst ? [] : vectors, vectors);
            return;
        }

        for (int v = 0; v < shape.Vectors; v++)
        {
            VectorRows.Add(vectors.Slice(v * shape.SourceStride, own), decoded.AsSpan(v * own, own));
        }
    }

    static int DimensionsOf(ReadOnlySpan<QuantizerBranch> branches)
    {
        ArgumentOutOfRangeException.ThrowIfZero(branches.Length, nameof(branches));
        foreach (QuantizerBranch branch in branches)
        {
            ArgumentNullException.ThrowIfNull(branch, nameof(branches));
            branch.Check(branches[0].Dimensions);
        }

        return branches[0].Dimensions;
    }

    static int MostDimensions(ReadOnlySpan<QuantizerBranch> branches)
    {
        int most = 0;
        foreach (QuantizerBranch branch in branches)
        {
            most = Math.Max(most, branch.Quantizer.Dimensions);
        }

        return most;
    }

    static int IndicesOf(ReadOnlySpan<QuantizerBranch> branches)
    {
        int sum = 0;
        foreach (QuantizerBranch branch in branches)
        {
            sum = checked(sum + branch.Quantizer.IndicesPerVector);
        }

        return sum;
    }
}
