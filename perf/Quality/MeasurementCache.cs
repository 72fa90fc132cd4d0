using System.Security.Cryptography;
using System.Text;

namespace Lacuna.Perf.RateDistortion;

/// <summary>Keeps the peers' results on disk, so that a second run has only this project's codec to measure.</summary>
/// <remarks>A result is found by the codec's version and arguments, the setting, and the picture's pixels.</remarks>
sealed class MeasurementCache(string folder)
{
    public Measurement? Find(ICodec codec, double setting, Source source) =>
        codec.CacheKey is { } key && Place(key, setting, source) is var path && File.Exists(path)
            && Measurement.FromCsv(File.ReadAllText(path).Trim()) is { } kept
            ? kept with { Codec = codec.Name, Picture = source.Name }
            : null;

    public void Keep(ICodec codec, double setting, Source source, Measurement measured)
    {
        if (codec.CacheKey is { } key)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Place(key, setting, source), measured.ToCsv() + "\n");
        }
    }

    string Place(string key, double setting, Source source)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key}|{setting}|{source.Hash}")));
        return Path.Combine(folder, Convert.ToHexStringLower(hash.AsSpan(0, 12)) + ".csv");
    }
}
