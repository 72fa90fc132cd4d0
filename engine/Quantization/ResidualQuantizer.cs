using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>Residual vector quantisation: every stage encodes what the stages before it have left.</summary>
/// <remarks>
/// <code>
/// r[0] = x;  i[k] = nearest(C[k], r[k]);  r[k + 1] = r[k] - C[k][i[k]];  decoded = C[0][i[0]] + C[1][i[1]] + ...
/// </code>
/// <para>
/// All in float32 in this order, so indices and vectors are the same everywhere. With a beam, the paths of least error are
/// followed side by side, the greedy one always among them (<see cref="BeamSearch"/>): no vector comes out worse than without.
/// </para>
/// <para>
/// Fewer stages at encode: <see cref="CodeQuantizer.Prefix"/>. Fewer at decode:
/// <see cref="CodeQuantizer.Decode(ReadOnlySpan{int}, Span{float}, int)"/>.
/// Source: N. Zeghidour et al., "SoundStream", arXiv:2107.03312; A. Babenko, V. Lempitsky, "Additive quantization", CVPR 2014.
/// </para>
/// </remarks>
public sealed class ResidualQuantizer : CodeQuantizer
{
    /// <summary>The widest beam.</summary>
    public const int MaxBeam = 64;

    /// <summary>Floats of a block's residuals: they stay in the second-level cache beside a codebook.</summary>
    const int BlockFloats = 1 << 15;

    readonly ResidualStage[] stages;
    readonly CodeRows[] rows;
    readonly BeamSearch? beamSearch;
    readonly int chunk;
    Scratch[] scratches = [];

    /// <summary>Makes a quantiser.</summary>
    /// <param name="beam">Paths to follow: 1, the greedy one alone, to <see cref="MaxBeam"/>.</param>
    /// <param name="stages">1 or more, all of the same dimensions.</param>
    /// <exception cref="ArgumentException">
    /// There is no stage, dimensions differ, or the beam is out of range, or above 1 with a stage that is factorised or not Euclidean.
    /// </exception>
    public ResidualQuantizer(int beam, params ReadOnlySpan<ResidualStage> stages)
        : base(CommonDimensions(stages), stages.Length, BlockVectors(stages[0].Dimensions))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(beam, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(beam, MaxBeam);
        this.stages = stages.ToArray();
        rows = this.stages.Select(stage => stage.Rows);
        Beam = beam;
        chunk = BlockVectors(Dimensions);
        if (beam > 1)
        {
            if (Array.Exists(this.stages, stage => stage.Down is not null || stage.Codebook.Metric != CodeMetric.Euclidean))
            {
                throw new ArgumentException("A beam wants Euclidean stages without projections.", nameof(beam));
            }

            beamSearch = new BeamSearch(this.stages, beam);
        }
    }

    /// <summary>A greedy quantiser of plain stages.</summary>
    /// <param name="codebooks">1 or more, all of the same dimensions.</param>
    /// <exception cref="ArgumentException">There is no codebook, or dimensions differ.</exception>
    public ResidualQuantizer(params ReadOnlySpan<Codebook> codebooks)
        : this(1, StagesOf(codebooks))
    {
    }

    /// <inheritdoc/>
    public override int Stages => stages.Length;

    /// <summary>Paths that encoding follows.</summary>
    public int Beam { get; }

    /// <summary>The stage at a place.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public ResidualStage this[int stage] => stages[stage];

    /// <summary>A quantiser of the same stages that follows so many paths.</summary>
    /// <param name="beam">1 to <see cref="MaxBeam"/>.</param>
    /// <exception cref="ArgumentException">The beam is out of range, or does not go with the stages.</exception>
    public ResidualQuantizer WithBeam(int beam) => new(beam, stages);

    /// <inheritdoc/>
    public override int CodewordsAt(int position) => stages[position].Codebook.Count;

    internal static ResidualStage[] StagesOf(ReadOnlySpan<Codebook> codebooks)
    {
        var made = new ResidualStage[codebooks.Length];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = new ResidualStage(codebooks[i]);
        }

        return made;
    }

    internal override void EncodeRows(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker)
    {
        if (stages is [{ Down: null } only])
        {
            only.Codebook.Search(shape, vectors, indices);
            return;
        }

        for (int first = 0; first < shape.Vectors; first += chunk)
        {
            NearestCodeShape part = shape with { Vectors = Math.Min(chunk, shape.Vectors - first) };
            ReadOnlySpan<float> source = vectors[(first * shape.SourceStride)..];
            Span<int> destination = indices[(first * shape.IndexStride)..];
            if (beamSearch is not null)
            {
                beamSearch.Encode(part, source, destination, worker);
            }
            else
            {
                EncodeGreedily(part, source, destination, scratches[worker]);
            }
        }
    }

    internal override void DecodeRows(in NearestCodeShape shape, ReadOnlySpan<int> indices, Span<float> vectors, int stages) =>
        GatherCodewords.Run(
            new GatherShape(shape.Vectors, shape.IndexStride, shape.SourceStride), indices, rows.AsSpan(0, stages), vectors);

    private protected override CodeQuantizer First(int stages) => new ResidualQuantizer(Beam, this.stages.AsSpan(0, stages));

    private protected override void Prepare(int workers)
    {
        int inner = stages.Max(stage => stage.Down is null ? 0 : stage.Codebook.Dimensions);
        scratches = Sequence.Of(workers, _ => new Scratch(new float[chunk * Dimensions], new float[chunk * inner]));
        beamSearch?.Prepare(workers);
    }

    void EncodeGreedily(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, Scratch scratch)
    {
        Span<float> residuals = scratch.Residuals.AsSpan(0, shape.Vectors * Dimensions);
        VectorRows.Gather(vectors, shape.SourceStride, residuals, Dimensions);
        for (int k = 0; k < stages.Length; k++)
        {
            Search(stages[k], shape, residuals, indices[k..], scratch);
            if (k + 1 < stages.Length)
            {
                var left = new GatherShape(shape.Vectors, shape.IndexStride, Dimensions, GatherMode.Subtract);
                GatherCodewords.Run(left, indices[k..], rows.AsSpan(k, 1), residuals);
            }
        }
    }

    static void Search(ResidualStage stage, in NearestCodeShape shape, ReadOnlySpan<float> residuals, Span<int> indices, Scratch scratch)
    {
        int dimensions = stage.Codebook.Dimensions;
        if (stage.Down is not null)
        {
            var projection = new PointwiseShape(shape.Vectors, stage.Dimensions, dimensions);
            PointwiseConvolution.Run(projection, residuals, stage.Down, [], scratch.Projected);
            residuals = scratch.Projected;
        }

        stage.Codebook.Search(shape with { SourceStride = dimensions }, residuals, indices);
    }

    static int BlockVectors(int dimensions) => Math.Clamp(BlockFloats / dimensions, 24, 1024) / 24 * 24;

    static int CommonDimensions(ReadOnlySpan<ResidualStage> stages)
    {
        ArgumentOutOfRangeException.ThrowIfZero(stages.Length, nameof(stages));
        foreach (ResidualStage stage in stages)
        {
            ArgumentNullException.ThrowIfNull(stage, nameof(stages));
            ArgumentOutOfRangeException.ThrowIfNotEqual(stage.Dimensions, stages[0].Dimensions, nameof(stages));
        }

        return stages[0].Dimensions;
    }

    /// <summary>A worker's memory: shapes [chunk, dimensions] and [chunk, dimensions of the codebook].</summary>
    sealed class Scratch(float[] residuals, float[] projected)
    {
        public float[] Residuals => residuals;

        public float[] Projected => projected;
    }
}
