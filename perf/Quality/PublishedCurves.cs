using Lacuna.Cli.Metrics;

namespace Lacuna.Perf.RateDistortion;

/// <summary>Figures that authors published for the Kodak set (mean of 24, RGB PSNR), to be drawn beside what is measured here.</summary>
/// <remarks>
/// The models: J. Balle et al., "Variational image compression with a scale hyperprior" (ICLR 2018); D. Minnen et al., "Joint
/// autoregressive and hierarchical priors for learned image compression" (NeurIPS 2018). VTM is the reference encoder of H.266.
/// </remarks>
static class PublishedCurves
{
    /// <summary>Mean PSNR on Kodak at 0.25, 0.5 and 1 bit a pixel.</summary>
    public static IReadOnlyList<Curve> Psnr { get; } =
    [
        Of("bmshj2018-factorized", 29.08, 31.76, 35.55),
        Of("bmshj2018-hyperprior", 29.85, 33.03, 37.09),
        Of("mbt2018-mean", 30.20, 33.35, 37.43),
        Of("VTM", 31.25, 34.34, 38.10),
    ];

    static Curve Of(string name, double atQuarter, double atHalf, double atOne) =>
        new(name, [new(0.25, atQuarter), new(0.5, atHalf), new(1, atOne)], Published: true);
}
