namespace Lacuna.Sampling;

/// <summary>
/// Classifier-free guidance: how far the answer goes from the unconditional one towards the conditional one and beyond.
/// </summary>
/// <remarks>
/// Source: Ho and Salimans, arXiv:2207.12598; the rescaling Lin et al., arXiv:2305.08891, section 3.4; the interval Kynkaanniemi et al.,
/// arXiv:2404.07724.
/// </remarks>
/// <param name="Scale">0 unconditional, 1 conditional, above 1 beyond; with 1 the network is asked once a step.</param>
/// <param name="Rescale">
/// From 0 to 1: how far the guided answer is brought back to the deviation of the conditional one, each picture by itself.
/// </param>
/// <param name="FromRatio">Least noise over data at which guidance is used; below, the network is asked once a step.</param>
/// <param name="ToRatio">Greatest noise over data at which it is used.</param>
public sealed record Guidance(double Scale, double Rescale = 0, double FromRatio = 0, double ToRatio = double.PositiveInfinity)
{
    /// <summary>Whether a step of this level is guided.</summary>
    internal bool Applies(NoiseLevel level) => Scale != 1 && level.Ratio >= FromRatio && level.Ratio <= ToRatio;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        if (!double.IsFinite(Scale))
        {
            throw new ArgumentException($"{nameof(Guidance)}.{nameof(Scale)} is {Scale}.");
        }

        if (!(Rescale >= 0 && Rescale <= 1))
        {
            throw new ArgumentException($"{nameof(Guidance)}.{nameof(Rescale)} is {Rescale}, not from 0 to 1.");
        }

        if (!(FromRatio >= 0 && ToRatio >= FromRatio))
        {
            throw new ArgumentException($"{nameof(Guidance)}: no interval goes from {FromRatio} to {ToRatio}.");
        }
    }
}
