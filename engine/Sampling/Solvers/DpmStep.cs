namespace Lacuna.Sampling;

/// <summary>How a second-order exponential step weighs the difference of two values.</summary>
public enum DpmVariant
{
    /// <summary>Half the weight of the value itself.</summary>
    Midpoint = 0,

    /// <summary>The weight of a linear course of the values.</summary>
    Heun = 1,
}

/// <summary>The exponential step from one level to another, in the data or in the noise, deterministic or with noise.</summary>
/// <remarks>
/// With h = lambda' - lambda, H = (1 + eta) h and the differences D0, D1, D2 of the values kept, in the data
/// <code>
/// x' = (sigma' / sigma) e^(-eta h) x + alpha' [(1 - e^-H) D0 + phi2 D1 - phi3 D2] + sigma' sqrt(1 - e^(-2 eta h)) z
/// phi2 = 1 + (e^-H - 1) / H  (heun) or (1 - e^-H) / 2 (midpoint),  phi3 = phi2 / H - 1/2
/// </code>
/// <para>Source: Lu et al., arXiv:2206.00927 and arXiv:2211.01095; K. Crowson, k-diffusion, for any eta and the third order.</para>
/// </remarks>
readonly struct DpmStep
{
    readonly double state, first, second, third, noise;

    DpmStep(double state, double first, double second, double third, double noise) =>
        (this.state, this.first, this.second, this.third, this.noise) = (state, first, second, third, noise);

    /// <summary>h: how far the step goes in lambda.</summary>
    public static double Length(NoiseLevel from, NoiseLevel to) => PlanMath.Log(from.Ratio) - PlanMath.Log(to.Ratio);

    /// <summary>The step for values of the data.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="eta">0 deterministic, 1 as much noise as the reverse process has.</param>
    /// <param name="variant">The weight of the first difference.</param>
    /// <param name="slipped">Whether the half of phi3 has the wrong sign.</param>
    public static DpmStep InData(NoiseLevel from, NoiseLevel to, double eta, DpmVariant variant, bool slipped = false)
    {
        double h = Length(from, to), whole = (1 + eta) * h;
        double decay = PlanMath.Pow(to.Ratio / from.Ratio, eta);
        double gain = -PlanMath.ExpMinusOne(-whole);
        double phi2 = Phi2(-whole), phi3 = Phi3(-whole, phi2);
        double second = variant == DpmVariant.Midpoint ? gain / 2 : phi2;
        return new DpmStep(
            to.Sigma / from.Sigma * decay,
            to.Alpha * gain,
            to.Alpha * second,
            to.Alpha * -(slipped ? phi3 + 1 : phi3),
            to.Sigma * Math.Sqrt(Math.Max(0, 1 - (decay * decay))));
    }

    /// <summary>The step for values of the noise.</summary>
    /// <inheritdoc cref="InData"/>
    public static DpmStep InNoise(NoiseLevel from, NoiseLevel to, bool stochastic, DpmVariant variant)
    {
        double h = Length(from, to);
        double gain = PlanMath.ExpMinusOne(h), factor = stochastic ? 2 : 1;
        double phi2 = h == 0 ? 0 : (gain / h) - 1;
        double second = variant == DpmVariant.Midpoint ? gain / 2 : phi2;
        return new DpmStep(
            to.Alpha / from.Alpha,
            -factor * to.Sigma * gain,
            -factor * to.Sigma * second,
            -to.Sigma * (h == 0 ? 0 : (phi2 / h) - 0.5),
            stochastic ? to.Sigma * Math.Sqrt(PlanMath.ExpMinusOne(2 * h)) : 0);
    }

    /// <summary>The latents at the end.</summary>
    /// <param name="x">Those at the beginning.</param>
    /// <param name="value">D0: the value there.</param>
    /// <param name="slope">D1: its change over the step, to first order.</param>
    /// <param name="curvature">D2: the change of that.</param>
    public Combination Apply(Combination x, Combination value, Combination slope = default, Combination curvature = default) =>
        (state * x) + (first * value) + (second * slope) + (third * curvature) + (noise * Combination.Z);

    /// <summary>Where the step began whose end is given, without its noise.</summary>
    public Combination Origin(Combination end, Combination value) => (1 / state) * (end - (first * value));

    /// <summary>The step without noise.</summary>
    public DpmStep Silent() => new(state, first, second, third, 0);

    static double Phi2(double z) => z == 0 ? 0 : double.IsInfinity(z) ? 1 : 1 - (PlanMath.ExpMinusOne(z) / z);

    static double Phi3(double z, double phi2) => z == 0 ? 0 : double.IsInfinity(z) ? -0.5 : (phi2 / -z) - 0.5;
}
