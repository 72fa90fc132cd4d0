using System.Numerics;
using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization;

/// <summary>What quantisers share: checks of shapes and values, and the division of the vectors into blocks for workers.</summary>
/// <remarks>
/// A quantiser owns the scratch memory of its calls, so one thread at a time may use it; codebooks and grids may be shared. Once it has
/// been called with as many workers before, a call allocates nothing.
/// </remarks>
/// <typeparam name="TIndex">Type of an index.</typeparam>
public abstract unsafe class BlockQuantizer<TIndex> : IVectorQuantizer<TIndex>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    readonly int blockVectors;
    readonly Action<int, int> encodeBlock;
    float[][] mapped = [];
    int preparedWorkers;
    float* vectorsAt;
    TIndex* indicesAt;
    int count;
    bool maps;

    /// <summary>Makes the common part.</summary>
    /// <param name="dimensions">Elements of a vector.</param>
    /// <param name="indicesPerVector">Indices of a vector.</param>
    /// <param name="blockVectors">Vectors of a block, which one worker encodes.</param>
    private protected BlockQuantizer(int dimensions, int indicesPerVector, int blockVectors)
    {
        (Dimensions, IndicesPerVector, this.blockVectors) = (dimensions, indicesPerVector, blockVectors);
        encodeBlock = EncodeBlock;
    }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public int IndicesPerVector { get; }

    /// <inheritdoc/>
    public abstract TIndex CodewordsAt(int position);

    /// <inheritdoc/>
    public QuantizationResult Encode(
        ReadOnlySpan<float> vectors, Span<TIndex> indices, NonFinite nonFinite = NonFinite.Reject, WorkerPool? workers = null)
    {
        count = CountVectors(vectors.Length, indices.Length);
        int fault = FindNonFinite.Run(vectors);
        if (fault >= 0 && nonFinite == NonFinite.Reject)
        {
            indices.Clear();
            return new QuantizationResult(QuantizationStatus.NotFinite, fault);
        }

        maps = fault >= 0;
        PrepareAll(workers?.Workers ?? 1);
        fixed (float* source = vectors)
        fixed (TIndex* destination = indices)
        {
            vectorsAt = source;
            indicesAt = destination;
            RunBlocks(workers);
        }

        return QuantizationResult.Done;
    }

    /// <inheritdoc/>
    public QuantizationResult Decode(ReadOnlySpan<TIndex> indices, Span<float> vectors)
    {
        CountVectors(vectors.Length, indices.Length);
        int fault = FirstInvalid(indices);
        if (fault >= 0)
        {
            vectors.Clear();
            return new QuantizationResult(QuantizationStatus.InvalidIndex, fault);
        }

        DecodeValid(indices, vectors);
        return QuantizationResult.Done;
    }

    /// <summary>Encodes vectors whose elements are all finite; the worker's scratch is this call's alone.</summary>
    private protected abstract void EncodeBlock(ReadOnlySpan<float> vectors, Span<TIndex> indices, int worker);

    /// <summary>Decodes indices that all name codewords.</summary>
    private protected abstract void DecodeValid(ReadOnlySpan<TIndex> indices, Span<float> vectors);

    /// <summary>Makes scratch memory for so many workers.</summary>
    private protected virtual void Prepare(int workers)
    {
    }

    /// <summary>The first index that names no codeword; -1 where all do.</summary>
    private protected int FirstInvalid(ReadOnlySpan<TIndex> indices)
    {
        for (int position = 0; position < IndicesPerVector; position++)
        {
            if (CodewordsAt(position) != CodewordsAt(0))
            {
                return FirstInvalidOfMixed(indices);
            }
        }

        return indices.IndexOfAnyExceptInRange(TIndex.Zero, CodewordsAt(0) - TIndex.One);
    }

    /// <summary>The number of vectors that both spans hold.</summary>
    private protected int CountVectors(int vectorElements, int indexCount)
    {
        if (vectorElements % Dimensions != 0)
        {
            throw new ArgumentException($"{vectorElements} elements are no whole vectors of {Dimensions}.");
        }

        int vectors = vectorElements / Dimensions;
        return indexCount == (long)vectors * IndicesPerVector
            ? vectors
            : throw new ArgumentException($"{vectors} vectors have {IndicesPerVector} indices each, which is not {indexCount}.");
    }

    int FirstInvalidOfMixed(ReadOnlySpan<TIndex> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < TIndex.Zero || indices[i] >= CodewordsAt(i % IndicesPerVector))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Makes scratch memory for so many workers, unless it is there.</summary>
    internal void PrepareAll(int workers)
    {
        if (maps && mapped.Length < workers)
        {
            mapped = Sequence.Of(workers, _ => new float[blockVectors * Dimensions]);
        }

        if (preparedWorkers < workers)
        {
            Prepare(workers);
            preparedWorkers = workers;
        }
    }

    void RunBlocks(WorkerPool? workers)
    {
        int blocks = (int)(((long)count + blockVectors - 1) / blockVectors);
        if (workers is not null)
        {
            workers.For(blocks, encodeBlock);
            return;
        }

        for (int block = 0; block < blocks; block++)
        {
            EncodeBlock(block, 0);
        }
    }

    void EncodeBlock(int block, int worker)
    {
        int first = block * blockVectors;
        int some = Math.Min(blockVectors, count - first);
        var vectors = new ReadOnlySpan<float>(vectorsAt + (nint)first * Dimensions, some * Dimensions);
        if (maps)
        {
            FiniteValues.Map(vectors, mapped[worker]);
            vectors = mapped[worker].AsSpan(0, vectors.Length);
        }

        EncodeBlock(vectors, new Span<TIndex>(indicesAt + (nint)first * IndicesPerVector, some * IndicesPerVector), worker);
    }
}
