namespace Lacuna.Sampling;

/// <summary>A quantity made of the state and the network's output.</summary>
/// <param name="State">Weight of the state.</param>
/// <param name="Output">Weight of the output.</param>
public readonly record struct Conversion(double State, double Output)
{
    /// <summary>Whether neither weight is infinite or NaN.</summary>
    internal bool IsFinite => double.IsFinite(State) && double.IsFinite(Output);
}

/// <summary>How a network is asked and answered: the scale of its input, and the meaning of its output.</summary>
/// <param name="Prediction">What the output stands for.</param>
/// <param name="InputVariance">
/// The input is divided by the root of sigma^2 + this; NaN leaves the input as it is. Sigma here is noise over data.
/// </param>
/// <param name="DataDeviation">Deviation of the data, which <see cref="Prediction.Preconditioned"/> needs.</param>
public sealed record NetworkContract(Prediction Prediction, double InputVariance = double.NaN, double DataDeviation = 0.5)
{
    /// <summary>What the state is multiplied with before the network sees it.</summary>
    public double InputScale(NoiseLevel level) =>
        double.IsNaN(InputVariance) ? 1 : 1 / Math.Sqrt((level.Sigma * level.Sigma) + InputVariance);

    /// <summary>The data x0 from state and output.</summary>
    public Conversion Clean(NoiseLevel level)
    {
        (double alpha, double sigma) = (level.Alpha, level.Sigma);
        double square = (alpha * alpha) + (sigma * sigma);
        double spread = (sigma * sigma) + (DataDeviation * DataDeviation);
        double scale = sigma * DataDeviation / Math.Sqrt(spread);
        return Prediction switch
        {
            Prediction.Noise => new(1 / alpha, -sigma / alpha),
            Prediction.Velocity => new(alpha / square, -sigma / Math.Sqrt(square)),
            Prediction.Data => new(0, 1),
            Prediction.Flow => new(1 / (alpha + sigma), -sigma / (alpha + sigma)),
            Prediction.Preconditioned => new(DataDeviation * DataDeviation / spread, scale),
            _ => new(DataDeviation * DataDeviation / spread, -scale),
        };
    }

    /// <summary>The noise from state and output.</summary>
    public Conversion Noise(NoiseLevel level)
    {
        if (Prediction == Prediction.Noise)
        {
            return new(0, 1);
        }

        Conversion clean = Clean(level);
        return new((1 - (level.Alpha * clean.State)) / level.Sigma, -level.Alpha * clean.Output / level.Sigma);
    }

    /// <summary>
    /// The slope (x - x0) / sigma from state and output: dx / d sigma where data keep their scale, and on a straight line.
    /// </summary>
    public Conversion Slope(NoiseLevel level)
    {
        if ((Prediction == Prediction.Noise && level.Alpha == 1) || (Prediction == Prediction.Flow && level.Alpha == 1 - level.Sigma))
        {
            return new(0, 1);
        }

        Conversion clean = Clean(level);
        return new((1 - clean.State) / level.Sigma, -clean.Output / level.Sigma);
    }
}
