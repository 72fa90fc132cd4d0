namespace Lacuna.Entropy;

/// <summary>Memory that a worker keeps from chunk to chunk, so that only the first and larger ones allocate.</summary>
struct ChunkScratch
{
    byte[]? bytes;

    /// <summary>Bytes with anything in them; they are the same ones at the next call.</summary>
    /// <param name="count">Bytes wanted.</param>
    public Span<byte> Get(int count)
    {
        if (bytes is null || bytes.Length < count)
        {
            bytes = GC.AllocateUninitializedArray<byte>(count);
        }

        return bytes.AsSpan(0, count);
    }
}
