using Lacuna.Cli.Metrics;

namespace Lacuna.Perf.RateDistortion;

/// <summary>Takes every picture through every codec at every setting.</summary>
/// <remarks>Codecs run one at a time, so that none disturbs another's times; the last result's metrics are worked out beside.</remarks>
sealed class Comparison(MeasurementCache cache, bool fresh)
{
    readonly List<Measurement> measurements = [];
    readonly List<(string Codec, string Reason)> leftOut = [];

    /// <summary>Everything measured, by codec, setting and picture.</summary>
    public IReadOnlyList<Measurement> Measurements => measurements;

    /// <summary>Codecs without results, and why.</summary>
    public IReadOnlyList<(string Codec, string Reason)> LeftOut => leftOut;

    /// <summary>Measures a codec, or says why it cannot be.</summary>
    public void Add(ICodec codec, IReadOnlyList<Source> sources, Action<string> report)
    {
        if (codec.Version is null)
        {
            LeaveOut(codec, "its programs are not on the PATH", report);
            return;
        }

        var results = new List<Task<Measurement>>();
        try
        {
            foreach (Source source in sources)
            {
                results.AddRange(codec.Settings.Select(setting => Measure(codec, source, setting)));
                int done = results.Count / codec.Settings.Count;
                if (done % 8 == 0 || done == sources.Count)
                {
                    report($"{codec.Name}: {done} of {sources.Count} pictures");
                }
            }

            measurements.AddRange(Task.WhenAll(results).Result.OrderBy(m => m.Setting * Direction(codec)));
        }
        catch (Exception error)
        {
            // One codec's fault must not cost the results of the others.
            LeaveOut(codec, error.InnerException?.Message ?? error.Message, report);
        }
    }

    static int Direction(ICodec codec) => codec.Settings[0] < codec.Settings[^1] ? 1 : -1;

    Task<Measurement> Measure(ICodec codec, Source source, double setting)
    {
        if (!fresh && cache.Find(codec, setting, source) is { } kept)
        {
            return Task.FromResult(kept);
        }

        Coded coded = codec.Code(source, setting);
        return Task.Run(() =>
        {
            Measurement measured = new(
                codec.Name, setting, source.Name, coded.File.Length,
                8.0 * coded.File.Length / ((double)source.Picture.Width * source.Picture.Height),
                PictureError.Measure(source.Picture, coded.Decoded).Psnr,
                MsSsim.Measure(source.Picture, coded.Decoded),
                coded.EncodeMs, coded.DecodeMs);
            cache.Keep(codec, setting, source, measured);
            return measured;
        });
    }

    void LeaveOut(ICodec codec, string reason, Action<string> report)
    {
        leftOut.Add((codec.Name, reason));
        report($"{codec.Name} is left out: {reason}");
    }
}
