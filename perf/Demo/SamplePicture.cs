using System.Diagnostics;
using Lacuna.Codecs;
using Lacuna.Perf.RateDistortion;
using Lacuna.Perf.Scene;

namespace Lacuna.Perf;

/// <summary>The program <c>picture</c>: makes the project's sample picture again, the same to the last bit on every machine.</summary>
static class SamplePicture
{
    const int Width = 768;
    const int Height = 512;
    const int Oversampling = 2;

    /// <summary>Runs the program.</summary>
    /// <param name="args">The PNG to write; default: the sample picture's place in the repository.</param>
    /// <returns>0.</returns>
    public static int Run(string[] args)
    {
        string path = args.Length > 0 ? args[0] : Repository.SamplePicture;
        var watch = Stopwatch.StartNew();
        byte[] pixels = SceneRenderer.Render(Width, Height, Oversampling);
        Pictures.Write(new(Width, Height, PixelLayout.Rgb, pixels), path, level: 9);
        Console.WriteLine($"{path}: {Width} x {Height}, {new FileInfo(path).Length} bytes, {watch.Elapsed.TotalSeconds:0} s");
        return 0;
    }
}
