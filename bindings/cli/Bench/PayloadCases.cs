using Lacuna.Entropy;

namespace Lacuna.Cli.Bench;

/// <summary>The whole path of a file: a payload's chunks and their checks.</summary>
static class PayloadCases
{
    /// <summary>Decoding and encoding; what is decoded is compared with the data once.</summary>
    /// <param name="name">What the cases are called, before <c>-decode</c> and <c>-encode</c>.</param>
    /// <param name="data">What is compressed.</param>
    /// <param name="options">How, and by how many threads.</param>
    /// <param name="suffix">What the cases are called behind that.</param>
    /// <param name="payloadBytes">Receives what the data is compressed to.</param>
    public static BenchCase[] Of(string name, byte[] data, CompressorOptions options, string suffix, out int payloadBytes)
    {
        var compressor = new Compressor(options);
        var decompressor = new Decompressor(new DecompressorOptions { Threads = options.Threads });
        byte[] payload = new byte[Compressor.MaxCompressedBytes(data.Length, options)], back = new byte[data.Length];
        int written = 0;
        Encode();
        byte[] coded = payload[..written];
        payloadBytes = written;
        Decode();
        Same(data.AsSpan().SequenceEqual(back));
        return [Case("-decode", Decode), Case("-encode", Encode)];

        BenchCase Case(string what, Action body) =>
            new(name + what + suffix, options.Threads, "MB/s", body, seconds => data.Length / seconds / 1e6);
        void Encode() => Same(compressor.Compress(data, payload, out written) == CompressionStatus.Done);
        void Decode() => Same(decompressor.Decompress(coded, back).Status == CompressionStatus.Done);
    }

    static void Same(bool same)
    {
        if (!same)
        {
            throw new InvalidOperationException("What was just coded cannot be decoded.");
        }
    }
}
