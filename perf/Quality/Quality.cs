using System.Diagnostics;
using Lacuna.Cli.Files;
using Lacuna.Perf.RateDistortion;

namespace Lacuna.Perf;

/// <summary>The program <c>quality</c>: Lacuna beside other codecs, at many rates, in one run.</summary>
static class Quality
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">See <see cref="QualityOptions.Help"/>.</param>
    /// <returns>0; 2 where the command line is wrong; 1 where there are no pictures or Lacuna itself failed.</returns>
    public static int Run(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(QualityOptions.Help);
            return 0;
        }

        QualityOptions options;
        try
        {
            options = QualityOptions.Parse(args);
        }
        catch (ArgumentException fault)
        {
            Console.Error.WriteLine($"quality: {fault.Message}");
            return 2;
        }

        string[] files = [.. Pictures.Find(options.Input).Take(options.Pictures)];
        if (files.Length == 0)
        {
            Console.Error.WriteLine($"quality: no PNG or PPM pictures in {options.Input}");
            return 1;
        }

        string folder = Directory.CreateTempSubdirectory("lacuna-quality-").FullName;
        try
        {
            return Compare(options, [.. files.Select(file => Pictures.Prepare(file, folder))], args);
        }
        catch (Exception fault) when (fault is FileFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"quality: {fault.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static int Compare(QualityOptions options, Source[] sources, string[] args)
    {
        ICodec[] codecs = [.. new ICodec[] { new LacunaCodec() }.Concat(PeerCodec.All).Where(codec => options.Wants(codec.Name))];
        var cache = new MeasurementCache(Path.Combine(Repository.Root, "artifacts", "quality-cache"));
        var comparison = new Comparison(cache, options.Fresh);
        var watch = Stopwatch.StartNew();
        foreach (ICodec codec in codecs)
        {
            comparison.Add(codec, sources, line => Console.Error.WriteLine($"[{watch.Elapsed.TotalSeconds,4:0} s] {line}"));
        }

        if (comparison.Measurements.Count == 0)
        {
            Console.Error.WriteLine("quality: no codec gave a result");
            return 1;
        }

        var report = new QualityReport(comparison.Measurements, codecs, options);
        IEnumerable<string> words = args.Select(arg => Path.IsPathRooted(arg) ? Path.GetRelativePath(Repository.Root, arg) : arg);
        report.Write(string.Join(' ', ["./build.sh quality", .. words]), comparison.LeftOut);
        Console.WriteLine(report.Qualities().ToPlain());
        Console.WriteLine((report.Rates("Lacuna") ?? report.Rates("JPEG"))?.ToPlain());
        string place = Path.GetRelativePath(Directory.GetCurrentDirectory(), options.Out);
        Console.WriteLine($"{place}: quality.csv, quality.md, quality-psnr.svg, quality-ms-ssim.svg");
        return comparison.LeftOut.Any(left => left.Codec == "Lacuna") ? 1 : 0;
    }
}
