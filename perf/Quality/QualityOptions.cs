using System.Globalization;

namespace Lacuna.Perf.RateDistortion;

/// <summary>What <c>quality</c> was asked to do.</summary>
sealed record QualityOptions
{
    public const string Help = """
        quality [FOLDER | PICTURE]   rate and quality of Lacuna beside JPEG, WebP, AVIF and JPEG XL

          FOLDER             PNG or PPM pictures (default: ../shared/data/kodak beside the repository, else the sample picture)
          --out DIR          where quality.csv, quality.md and the plots go (default: perf/results)
          --pictures N       only the first N pictures
          --codecs A,B       only these: lacuna,jpeg,jpeg-progressive,webp,avif,jpeg-xl
          --linear           a linear axis of rate (default: logarithmic)
          --fresh            measure the peers again (their results are kept in artifacts/quality-cache)
        """;

    public string Input { get; init; } = "";

    public string Out { get; init; } = Path.Combine(Repository.Root, "perf", "results");

    public int Pictures { get; init; } = int.MaxValue;

    /// <summary>Names in lower case with dashes; empty: all.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = [];

    public bool Linear { get; init; }

    public bool Fresh { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is not understood; the message says why.</exception>
    public static QualityOptions Parse(string[] args)
    {
        var options = new QualityOptions { Input = DefaultInput() };
        for (int i = 0; i < args.Length; i++)
        {
            string Next() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value");
            options = args[i] switch
            {
                "--out" => options with { Out = Path.GetFullPath(Next()) },
                "--pictures" => options with { Pictures = Count(Next()) },
                "--codecs" => options with { Codecs = Next().ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries) },
                "--linear" => options with { Linear = true },
                "--fresh" => options with { Fresh = true },
                ['-', ..] => throw new ArgumentException($"unknown option {args[i]}"),
                _ => options with { Input = Path.GetFullPath(args[i]) },
            };
        }

        return options;
    }

    /// <summary>Whether a codec is asked for.</summary>
    public bool Wants(string codec) => Codecs.Count == 0 || Codecs.Contains(codec.ToLowerInvariant().Replace(' ', '-'));

    static int Count(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int count) && count > 0
        ? count
        : throw new ArgumentException($"'{text}' is not a number of pictures");

    static string DefaultInput()
    {
        string kodak = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "kodak"));
        return Directory.Exists(kodak) ? kodak : Repository.SamplePicture;
    }
}
