using System.Buffers.Binary;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Tests.Engine.Entropy.Chunks;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="Decompressor"/>. Input: a payload or LZ4 frame.</summary>
sealed class PayloadTarget : IFuzzTarget
{
    const int MaxBytes = 1 << 16;

    readonly byte[] content = new byte[MaxBytes];
    static readonly Decompressor Decompressor = new(new DecompressorOptions { MaxBytes = MaxBytes, MaxChunkBytes = MaxBytes });

    public string Name => "payload";

    public int Mutations => 3000;

    public long MostAllocated => 1 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        DecompressResult result = Decompressor.Decompress(input, content);
        Assert.True(Enum.IsDefined(result.Status));
        Assert.InRange(result.Written, 0, MaxBytes);
        Assert.InRange(result.Position, 0, input.Length);
        if (result.Status == CompressionStatus.Done && !Lz4Frame.IsFrame(input))
        {
            Assert.Equal(CompressionStatus.Done, Lacuna.Entropy.Decompressor.TryReadInfo(input, out CompressedInfo info));
            Assert.Equal(info.Bytes, result.Written);
        }

        // Without the library a block of LZ4 counts as valid: nothing can be said against it.
        return result.Status is CompressionStatus.Done or CompressionStatus.LibraryMissing;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds()
    {
        yield return ("empty.lacz", Compressor.Compress([]));
        CompressionMethod[] methods =
        [
            CompressionMethod.Stored, CompressionMethod.Rans, CompressionMethod.Adaptive, CompressionMethod.Lz4,
            CompressionMethod.Lz4Frame, CompressionMethod.Floats,
        ];
        foreach (CompressionMethod method in methods)
        {
            byte[] content = [.. PayloadInputs.Text(700), .. PayloadInputs.Bell(1500)];
            var options = new CompressorOptions { Method = method, ChunkBytes = 1024 };
            yield return ($"{method}.lacz".ToLowerInvariant(), Compressor.Compress(content, options));
        }

        foreach (FloatKind kind in Enum.GetValues<FloatKind>())
        {
            var options = new CompressorOptions { Method = CompressionMethod.Floats, FloatKind = kind };
            yield return ($"{kind}.lacz".ToLowerInvariant(), Compressor.Compress([.. PayloadInputs.Floats(600, kind), 1], options));
        }
    }

    /// <summary>Changes a payload; more often than not the checks of its chunks are made right again.</summary>
    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator)
    {
        byte[] changed = mutator.Change(seed, other);
        if (!mutator.Once(4))
        {
            RepairChecks(changed);
        }

        return changed;
    }

    /// <summary>Makes the checks of chunks right as far as their heads can be followed.</summary>
    public static void RepairChecks(Span<byte> payload)
    {
        int at = ChunkFormat.ReadHead(payload) == CompressionStatus.Done ? ChunkFormat.HeadBytes : payload.Length;
        while (true)
        {
            if (at >= payload.Length || ChunkFormat.ReadChunk(payload, at, out Chunk chunk) != CompressionStatus.Done)
            {
                return;
            }

            int body = chunk.Body + chunk.BodyBytes;
            BinaryPrimitives.WriteUInt32LittleEndian(payload[body..], Crc32C.Run(0, payload[at..body]));
            at = chunk.End;
        }
    }
}

/// <summary><see cref="ChunkDecoder"/> on bodies alone. Input: method, a count of two bytes, then the body.</summary>
sealed class ChunkTarget : IFuzzTarget
{
    const int Head = 3;

    readonly ChunkDecoder decoder = new();

    public string Name => "chunk";

    public int Mutations => 2000;

    public long MostAllocated => 1 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head)
        {
            return false;
        }

        var content = new byte[BinaryPrimitives.ReadUInt16LittleEndian(input[1..])];
        CompressionStatus status = decoder.Decode((ChunkMethod)input[0], input[Head..], content);
        Assert.True(status is CompressionStatus.Done or CompressionStatus.InvalidData or CompressionStatus.Unsupported
            or CompressionStatus.LibraryMissing);
        return status is CompressionStatus.Done or CompressionStatus.LibraryMissing;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
        from method in (CompressionMethod[])
            [CompressionMethod.Rans, CompressionMethod.Adaptive, CompressionMethod.Lz4, CompressionMethod.Floats]
        from count in (int[])[1, 40, 3000]
        select ($"{method}-{count}.chunk".ToLowerInvariant(), Seed(method, count));

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) =>
        mutator.Once(4) ? mutator.Change(seed, other) : [.. seed[..Head], .. mutator.Change(seed[Head..], other)];

    static byte[] Seed(CompressionMethod method, int count)
    {
        byte[] payload = Compressor.Compress(PayloadInputs.Bell(count), new CompressorOptions { Method = method });
        Assert.Equal(CompressionStatus.Done, ChunkFormat.ReadChunk(payload, ChunkFormat.HeadBytes, out Chunk chunk));
        return [(byte)chunk.Method, (byte)count, (byte)(count >> 8), .. payload.AsSpan(chunk.Body, chunk.BodyBytes)];
    }
}
