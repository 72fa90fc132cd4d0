using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>Encodes residual stages by following several paths at once.</summary>
/// <remarks>
/// <para>
/// A path's gain is the sum of its scores (<see cref="NearestCode"/>): its error is |x|^2 - 2 gain. At every stage the continuations of
/// all paths compete, and the beam keeps those of most gain: of equal ones that of the earlier path, then the lower index. Path 0 is
/// always the greedy one. In the end the path of least error wins, summed in double over its residual, with its rates; the first
/// of equals.
/// </para>
/// <para>Class: exact. Cost: a matrix product of beam x codewords x dimensions a stage.</para>
/// </remarks>
sealed class BeamSearch
{
    /// <summary>Most vectors side by side: each reading of a codebook serves all of them.</summary>
    const int MaxChunkVectors = 64;

    /// <summary>Scores of a chunk, but for very wide beams over large codebooks.</summary>
    const int ChunkScores = 1 << 19;

    readonly ResidualStage[] stages;
    readonly CodeRows[] rows;
    readonly PointwiseWeights[] scorers;
    readonly int beam;
    readonly int chunkVectors;
    readonly int dimensions;
    Scratch[] scratches = [];

    public BeamSearch(ResidualStage[] stages, int beam)
    {
        (this.stages, this.beam, dimensions) = (stages, beam, stages[0].Dimensions);
        rows = stages.Select(stage => stage.Rows);
        long scores = (long)beam * stages.Max(stage => stage.Codebook.Count);
        chunkVectors = (int)Math.Clamp(ChunkScores / scores, 4, MaxChunkVectors);
        scorers = stages.Select(stage => PointwiseWeights.Scores(stage.Codebook.Panels));
    }

    public void Prepare(int workers)
    {
        int codewords = stages.Max(stage => stage.Codebook.Count);
        scratches = Sequence.Of(workers, _ => new Scratch(chunkVectors * beam, dimensions, stages.Length, codewords));
    }

    public void Encode(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker)
    {
        for (int first = 0; first < shape.Vectors; first += chunkVectors)
        {
            NearestCodeShape part = shape with { Vectors = Math.Min(chunkVectors, shape.Vectors - first) };
            EncodeChunk(part, vectors[(first * shape.SourceStride)..], indices[(first * shape.IndexStride)..], scratches[worker]);
        }
    }

    void EncodeChunk(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, Scratch scratch)
    {
        int width = 1;
        VectorRows.Gather(vectors, shape.SourceStride, scratch.Now.Residuals.AsSpan(0, shape.Vectors * dimensions), dimensions);
        scratch.Now.Gains.AsSpan(0, shape.Vectors).Clear();
        for (int k = 0; k < stages.Length; k++)
        {
            int codewords = stages[k].Codebook.Count;
            int wider = (int)Math.Min(beam, (long)width * codewords);
            var product = new PointwiseShape(shape.Vectors * width, dimensions, codewords);
            PointwiseConvolution.Run(product, scratch.Now.Residuals, scorers[k], [], scratch.Scores);
            for (int v = 0; v < shape.Vectors; v++)
            {
                ReadOnlySpan<float> scores = scratch.Scores.AsSpan(v * width * codewords, width * codewords);
                Select(scores, codewords, scratch.Now.Gains.AsSpan(v * width, width), scratch.Candidates.AsSpan(0, wider));
                Follow(k, scratch, v * width, v * wider, scratch.Candidates.AsSpan(0, wider));
            }

            (scratch.Now, scratch.Next) = (scratch.Next, scratch.Now);
            width = wider;
        }

        for (int v = 0; v < shape.Vectors; v++)
        {
            int best = Best(scratch.Now, v * width, width);
            scratch.Now.Paths.AsSpan(best * stages.Length, stages.Length).CopyTo(indices[(v * shape.IndexStride)..]);
        }
    }

    /// <summary>Chooses the continuations of one vector's paths: the greedy one first, then those of most gain.</summary>
    static void Select(ReadOnlySpan<float> scores, int codewords, ReadOnlySpan<float> gains, Span<Candidate> chosen)
    {
        // Path 0 by its scores alone, as the greedy search ranks them: adding its gain could make equals of what is not.
        chosen.Fill(new Candidate(0, 0, float.NegativeInfinity));
        Collect(scores[..codewords], 0, 0, chosen, 0);
        foreach (ref Candidate candidate in chosen)
        {
            candidate = candidate with { Gain = candidate.Gain + gains[0] };
        }

        for (int path = 1; path < gains.Length; path++)
        {
            Collect(scores.Slice(path * codewords, codewords), path, gains[path], chosen, 1);
        }
    }

    /// <summary>
    /// Enters what is better than the last of the chosen, behind those that are as good; places before the first are taken.
    /// </summary>
    static void Collect(ReadOnlySpan<float> scores, int path, float gain, Span<Candidate> chosen, int first)
    {
        if (first == chosen.Length)
        {
            return;
        }

        int code = FindGreater.Run(scores, 0, gain, chosen[^1].Gain);
        while (code >= 0)
        {
            var candidate = new Candidate(path, code, scores[code] + gain);
            int place = chosen.Length - 1;
            for (; place > first && chosen[place - 1].Gain < candidate.Gain; place--)
            {
                chosen[place] = chosen[place - 1];
            }

            chosen[place] = candidate;
            code = FindGreater.Run(scores, code + 1, gain, chosen[^1].Gain);
        }
    }

    /// <summary>Makes the chosen continuations of one vector the paths of the next stage.</summary>
    void Follow(int stage, Scratch scratch, int firstNow, int firstNext, ReadOnlySpan<Candidate> chosen)
    {
        for (int i = 0; i < chosen.Length; i++)
        {
            (int from, int to) = (firstNow + chosen[i].Path, firstNext + i);
            Span<float> residual = scratch.Next.Residuals.AsSpan(to * dimensions, dimensions);
            scratch.Now.Residuals.AsSpan(from * dimensions, dimensions).CopyTo(residual);
            GatherCodewords.Run(new GatherShape(1, 1, dimensions, GatherMode.Subtract), [chosen[i].Code], rows.AsSpan(stage, 1), residual);
            Span<int> path = scratch.Next.Paths.AsSpan(to * stages.Length, stages.Length);
            scratch.Now.Paths.AsSpan(from * stages.Length, stage).CopyTo(path);
            path[stage] = chosen[i].Code;
            scratch.Next.Gains[to] = chosen[i].Gain;
        }
    }

    int Best(Beam paths, int first, int width)
    {
        int best = first;
        double least = double.PositiveInfinity;
        for (int path = first; path < first + width; path++)
        {
            double error = VectorRows.SquaredNorm(paths.Residuals.AsSpan(path * dimensions, dimensions));
            for (int k = 0; k < stages.Length; k++)
            {
                error += stages[k].Codebook.Rate(paths.Paths[path * stages.Length + k]);
            }

            if (error < least)
            {
                (best, least) = (path, error);
            }
        }

        return best;
    }

    /// <summary>A continuation: its path, its codeword, and the gain that it would have.</summary>
    readonly record struct Candidate(int Path, int Code, float Gain);

    /// <summary>The paths of a chunk's vectors after a stage, those of a vector side by side.</summary>
    sealed class Beam(int paths, int dimensions, int stages)
    {
        public float[] Residuals { get; } = new float[paths * dimensions];

        public float[] Gains { get; } = new float[paths];

        public int[] Paths { get; } = new int[paths * stages];
    }

    sealed class Scratch(int paths, int dimensions, int stages, int codewords)
    {
        public Beam Now { get; set; } = new(paths, dimensions, stages);

        public Beam Next { get; set; } = new(paths, dimensions, stages);

        public float[] Scores { get; } = new float[paths * codewords];

        public Candidate[] Candidates { get; } = new Candidate[MaxBeam];

        const int MaxBeam = ResidualQuantizer.MaxBeam;
    }
}
