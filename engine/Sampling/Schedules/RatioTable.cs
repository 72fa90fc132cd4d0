namespace Lacuna.Sampling;

/// <summary>A schedule's noise-to-data ratios, read between training steps in both directions.</summary>
sealed class RatioTable
{
    const double LeastSigma = 1e-10;

    readonly float[] ratios;
    readonly double[] logarithms;

    public RatioTable(NoiseSchedule schedule)
    {
        ratios = schedule.Ratios();
        logarithms = FloatLine.Rounded(ratios.Select(ratio => PlanMath.Log(ratio)));
    }

    public double Least => ratios[0];

    public double Greatest => ratios[^1];

    /// <summary>Logarithm of <see cref="Least"/>, rounded to float32.</summary>
    public double LeastLogarithm => logarithms[0];

    /// <summary>Logarithm of <see cref="Greatest"/>, rounded to float32.</summary>
    public double GreatestLogarithm => logarithms[^1];

    /// <summary>The ratio at a training step that need not be whole.</summary>
    public double At(double timestep)
    {
        int below = (int)Math.Floor(timestep);
        if (below < 0)
        {
            return ratios[0];
        }

        return below >= ratios.Length - 1
            ? ratios[^1]
            : ((ratios[below + 1] - (double)ratios[below]) * (timestep - below)) + ratios[below];
    }

    /// <summary>The training step of a ratio, interpolated in its logarithm.</summary>
    public double TimestepOf(double ratio)
    {
        double logarithm = PlanMath.Log(Math.Max(ratio, LeastSigma));
        int low = 0;
        while (low < logarithms.Length - 2 && logarithms[low + 1] <= logarithm)
        {
            low++;
        }

        double weight = Math.Clamp((logarithms[low] - logarithm) / (logarithms[low] - logarithms[low + 1]), 0, 1);
        return ((1 - weight) * low) + (weight * (low + 1));
    }
}
