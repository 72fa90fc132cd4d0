using System.Buffers;
using Lacuna.Entropy;

namespace Lacuna.Perf.Peers;

/// <summary>Lacuna's coders, and the LZ4 library through them, as the comparison sees them.</summary>
static class OwnCoders
{
    /// <summary>The processor copying: what no coder passes.</summary>
    public static Coder Copy { get; } = new("memcpy", Copied, Copied, IsPeer: false);

    /// <summary>The LZ4 library itself; null where it is not here.</summary>
    public static Coder? Lz4 => !Lz4Block.IsAvailable ? null : new(
        "lz4",
        (source, destination) =>
            Lz4Block.Encode(source, destination, 0, out int written) == CompressionStatus.Done ? written : throw Failure(),
        (source, destination) =>
            Lz4Block.Decode(source, destination, out int written) == CompressionStatus.Done ? written : throw Failure());

    /// <summary>Histogram, table and static rANS.</summary>
    public static Coder Static()
    {
        var table = new StaticTable();
        return new Coder(
            "Lacuna static rANS",
            (source, destination) =>
            {
                Check(StaticRansEncoder.EncodeBlock(table, source, destination, out int written));
                return written;
            },
            (source, destination) =>
            {
                Check(StaticRansDecoder.DecodeBlock(table, source, destination));
                return destination.Length;
            },
            IsPeer: false);
    }

    /// <summary>Adaptive bytes.</summary>
    /// <param name="models">1 or 8.</param>
    public static Coder Adaptive(int models) => new(
        $"Lacuna adaptive bytes, {models} model{(models > 1 ? "s" : "")}",
        (source, destination) =>
        {
            Check(AdaptiveBytes.Encode(source, destination, out int written, models));
            return written;
        },
        (source, destination) =>
        {
            Check(AdaptiveBytes.Decode(source, destination));
            return destination.Length;
        },
        IsPeer: false);

    /// <summary>A payload of chunks, with their checks.</summary>
    public static Coder Payload(CompressionMethod method)
    {
        var compressor = new Compressor(new CompressorOptions { Method = method });
        var decompressor = new Decompressor();
        return new Coder(
            $"Lacuna payload, {method.ToString().ToLowerInvariant()}",
            (source, destination) =>
                compressor.Compress(source, destination, out int written) == CompressionStatus.Done ? written : throw Failure(),
            (source, destination) =>
                decompressor.Decompress(source, destination) is { Status: CompressionStatus.Done } all ? all.Written : throw Failure(),
            IsPeer: false);
    }

    static int Copied(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return source.Length;
    }

    static void Check(OperationStatus status)
    {
        if (status != OperationStatus.Done)
        {
            throw Failure();
        }
    }

    static InvalidOperationException Failure() => new("A coder of Lacuna failed.");
}
