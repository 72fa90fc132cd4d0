using Lacuna.Perf.RateDistortion;

namespace Lacuna.Perf.Showcase;

/// <summary>Finds the setting at which another codec's file comes nearest to a given size.</summary>
static class NearestSize
{
    /// <summary>Searches whole settings by halving, as sizes rise with them.</summary>
    /// <param name="codec">JPEG or WebP: qualities up to 100.</param>
    /// <param name="bytes">The size sought.</param>
    /// <returns>The nearest file and what it decodes to; the size may be far off where the codec cannot go so low.</returns>
    public static Coded Find(ICodec codec, Source source, long bytes)
    {
        int low = 1;
        int high = 100;
        Coded best = default;
        while (low <= high)
        {
            int quality = (low + high) / 2;
            Coded coded = codec.Code(source, quality);
            if (best.File is null || Math.Abs(coded.File.Length - bytes) < Math.Abs(best.File.Length - bytes))
            {
                best = coded;
            }

            (low, high) = coded.File.Length < bytes ? (quality + 1, high) : (low, quality - 1);
        }

        return best;
    }
}
