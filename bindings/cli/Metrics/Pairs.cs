using Lacuna.Codecs;

namespace Lacuna.Cli.Metrics;

/// <summary>What must hold of two pictures before they are compared.</summary>
static class Pairs
{
    /// <summary>Refuses pictures of different size or layout.</summary>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void Check(Picture a, Picture b)
    {
        if (a.Width != b.Width || a.Height != b.Height || a.Layout != b.Layout)
        {
            throw new ArgumentException($"A {a.Width} x {a.Height} {a.Layout} and a {b.Width} x {b.Height} {b.Layout} cannot be compared.");
        }
    }
}
