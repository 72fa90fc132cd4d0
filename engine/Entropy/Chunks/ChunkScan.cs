namespace Lacuna.Entropy;

/// <summary>Goes through the heads of a payload's chunks and holds them to limits.</summary>
/// <param name="payload">Any bytes.</param>
/// <param name="maxChunkBytes">Limit of one chunk.</param>
/// <param name="maxBytes">Limit of the whole.</param>
ref struct ChunkScan(ReadOnlySpan<byte> payload, int maxChunkBytes, long maxBytes)
{
    readonly ReadOnlySpan<byte> payload = payload;
    bool ended;

    /// <summary>Done once the end was reached; before it, Done says nothing.</summary>
    public CompressionStatus Status { get; private set; } = CompressionStatus.Done;

    /// <summary>Where the next chunk begins, or the one at fault.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes of the chunks so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads the next chunk's head.</summary>
    /// <returns>False at the end and at a fault, which <see cref="Status"/> tells apart.</returns>
    public bool Next(out Chunk chunk)
    {
        chunk = default;
        if (Position == 0)
        {
            Status = ChunkFormat.ReadHead(payload);
            Position = Status == CompressionStatus.Done ? ChunkFormat.HeadBytes : 0;
        }

        if (ended || Status != CompressionStatus.Done)
        {
            return false;
        }

        Status = ChunkFormat.ReadChunk(payload, Position, out chunk);
        if (Status != CompressionStatus.Done)
        {
            return false;
        }

        return chunk.Method == ChunkMethod.End ? End(chunk) : Take(chunk);
    }

    bool Take(Chunk chunk)
    {
        Status = chunk.Method > ChunkMethod.Floats ? CompressionStatus.Unsupported
            : chunk.Count == 0 ? CompressionStatus.InvalidData
            : chunk.Count > maxChunkBytes || Bytes + chunk.Count > maxBytes ? CompressionStatus.LimitExceeded
            : CompressionStatus.Done;
        if (Status != CompressionStatus.Done)
        {
            return false;
        }

        Bytes += chunk.Count;
        Position = chunk.End;
        return true;
    }

    bool End(Chunk chunk)
    {
        ended = true;
        bool closes = chunk.BodyBytes == 0 && chunk.Count == Bytes && chunk.IsIntact(payload) && chunk.End == payload.Length;
        Status = closes ? CompressionStatus.Done : CompressionStatus.InvalidData;
        Position = closes ? chunk.End : Position;
        return false;
    }
}
