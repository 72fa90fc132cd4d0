using System.Globalization;
using System.Text;

namespace Lacuna.Perf.RateDistortion;

/// <summary>Puts what was measured into words, tables and drawings.</summary>
sealed class QualityReport(IReadOnlyList<Measurement> measurements, IReadOnlyList<ICodec> codecs, QualityOptions options)
{
    const double LowRate = 0.15;
    const double HighRate = 1;

    const string Method = """
        Rates are of whole files, headers included. A codec's curve is the mean rate and the mean quality over the pictures
        at each setting; BD-rate compares the logarithms of the rates over the qualities that two curves share (below 0:
        smaller files). Times are medians over all pictures and settings, on one thread: peers as whole processes that read
        and write files, Lacuna within the process, from pixels to bytes and back.


        """;

    readonly IReadOnlyList<Curve> psnr = Curves(measurements, Metric.Psnr);
    readonly IReadOnlyList<Curve> msSsim = Curves(measurements, Metric.MsSsim);

    /// <summary>Writes quality.csv, quality.md and two plots.</summary>
    public void Write(string commandLine, IReadOnlyList<(string Codec, string Reason)> leftOut)
    {
        Directory.CreateDirectory(options.Out);
        File.WriteAllLines(Path.Combine(options.Out, "quality.csv"), [Measurement.Header, .. measurements.Select(m => m.ToCsv())]);
        File.WriteAllText(Path.Combine(options.Out, "quality.md"), Markdown(commandLine, leftOut));
        IReadOnlyList<Curve> beside = IsKodak ? PublishedCurves.Psnr : [];
        File.WriteAllText(
            Path.Combine(options.Out, "quality-psnr.svg"),
            new RateDistortionPlot($"Rate and PSNR, {Subject}", "PSNR (RGB), dB", [.. psnr, .. beside], options.Linear).ToSvg());
        File.WriteAllText(
            Path.Combine(options.Out, "quality-ms-ssim.svg"),
            new RateDistortionPlot($"Rate and MS-SSIM, {Subject}", "MS-SSIM (RGB), -10 log10(1 - m), dB", msSsim, options.Linear).ToSvg());
    }

    /// <summary>Quality at rates, and time.</summary>
    public TextTable Qualities()
    {
        var table = new TextTable(
            "codec", "PSNR at 0.25 bpp", "0.5", "1", "MS-SSIM at 0.25 bpp, dB", "0.5", "1", "encode, ms", "decode, ms");
        foreach (Curve curve in psnr)
        {
            Curve structure = msSsim.Single(c => c.Name == curve.Name);
            Measurement[] own = [.. measurements.Where(m => m.Codec == curve.Name)];
            table.Add(
                curve.Name, Decibels(curve.At(0.25)), Decibels(curve.At(0.5)), Decibels(curve.At(1)),
                Decibels(structure.At(0.25)), Decibels(structure.At(0.5)), Decibels(structure.At(1)),
                Median(own.Select(m => m.EncodeMs)), Median(own.Select(m => m.DecodeMs)));
        }

        foreach (Curve curve in IsKodak ? PublishedCurves.Psnr : [])
        {
            table.Add(
                $"{curve.Name} (published)", Decibels(curve.At(0.25)), Decibels(curve.At(0.5)), Decibels(curve.At(1)),
                "", "", "", "", "");
        }

        return table;
    }

    /// <summary>What rate one codec takes at the quality of each other one; null where it was not measured.</summary>
    public TextTable? Rates(string test)
    {
        if (psnr.SingleOrDefault(c => c.Name == test) is not { } own)
        {
            return null;
        }

        Curve ownStructure = msSsim.Single(c => c.Name == test);
        var table = new TextTable(
            $"BD-rate of {test} against", "PSNR", "PSNR, 0.15-1 bpp", "MS-SSIM", "MS-SSIM, 0.15-1 bpp");
        foreach (Curve anchor in psnr.Where(c => c.Name != test))
        {
            Curve structure = msSsim.Single(c => c.Name == anchor.Name);
            table.Add(
                anchor.Name, Percent(own.Against(anchor)), Percent(Within(own, anchor)),
                Percent(ownStructure.Against(structure)), Percent(Within(ownStructure, structure)));
        }

        foreach (Curve anchor in IsKodak ? PublishedCurves.Psnr : [])
        {
            table.Add($"{anchor.Name} (published, 0.25-1 bpp)", "", Percent(Within(own, anchor)), "", "");
        }

        return table;
    }

    bool IsKodak => Path.GetFileName(options.Input) == "kodak";

    int PictureCount => measurements.Select(m => m.Picture).Distinct().Count();

    string Subject => PictureCount == 1 ? measurements[0].Picture : $"mean of {PictureCount} pictures ({Path.GetFileName(options.Input)})";

    static IReadOnlyList<Curve> Curves(IReadOnlyList<Measurement> measurements, Metric metric) =>
        [.. measurements.Select(m => m.Codec).Distinct().Select(codec => Curve.Of(codec, measurements, metric))];

    static double? Within(Curve test, Curve anchor) =>
        test.Between(LowRate, HighRate) is { } a && anchor.Between(LowRate, HighRate) is { } b ? a.Against(b) : null;

    string Markdown(string commandLine, IReadOnlyList<(string Codec, string Reason)> leftOut)
    {
        var text = new StringBuilder("# Rate and quality\n\n");
        text.Append(
            CultureInfo.InvariantCulture, $"Made by `{commandLine}` ({Subject}) on {Machine.Processor}, commit {Machine.Commit}.\n\n");
        text.Append(Rates("Lacuna")?.ToMarkdown() + "\n").Append(Qualities().ToMarkdown()).Append('\n');
        text.Append(Rates("JPEG")?.ToMarkdown()).Append('\n');
        text.Append("![PSNR](quality-psnr.svg)\n![MS-SSIM](quality-ms-ssim.svg)\n\n");
        text.Append(Method);
        foreach (ICodec codec in codecs.Where(c => measurements.Any(m => m.Codec == c.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {codec.Name}: {codec.Version}; settings {string.Join(", ", codec.Settings)}\n");
        }

        foreach (var (codec, reason) in leftOut)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {codec}: left out, {reason}\n");
        }

        return text.ToString();
    }

    static string Decibels(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    static string Percent(double? value) => value is { } v ? v.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %" : "-";

    static string Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2].ToString("0", CultureInfo.InvariantCulture);
    }
}
