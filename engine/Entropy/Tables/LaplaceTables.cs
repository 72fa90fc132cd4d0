namespace Lacuna.Entropy;

/// <summary>The built-in set of <see cref="TableSet.Laplace"/>: zero-mean Laplace distributions integrated over integer bins.</summary>
/// <remarks>
/// For residuals with heavier tails than a Gaussian's: those of predictors, transforms and wavelets. Built as <see cref="ScaleTables"/>
/// says; the deviations are those of <see cref="GaussianTables.Deviation"/>. Class: exact: the tables are part of the format.
/// </remarks>
public static class LaplaceTables
{
    /// <summary>Number of tables.</summary>
    public const int Count = GaussianTables.Count;

    /// <summary>The largest deviation that <see cref="Make"/> takes.</summary>
    public const double MaxDeviation = 512;

    const double Sqrt2 = 1.4142135623730951;

    /// <summary>The tables.</summary>
    internal static TableSet Set { get; } = new(Sequence.Of(Count, i => Make(GaussianTables.Deviation(i))));

    /// <summary>Makes the table of a zero-mean Laplace distribution.</summary>
    /// <param name="deviation">Standard deviation, above 0 and up to <see cref="MaxDeviation"/>: the scale is this over sqrt 2.</param>
    /// <exception cref="ArgumentException">The deviation is outside this range.</exception>
    public static FrequencyTable Make(double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deviation, MaxDeviation);
        return ScaleTables.Make<Shape>(deviation);
    }

    /// <summary>Makes the set of zero-mean Laplace distributions of given deviations.</summary>
    /// <param name="deviations">As <see cref="Make"/> takes them, up to <see cref="TableSet.MaxCount"/>; none: the built-in set.</param>
    /// <exception cref="ArgumentException">A deviation is outside its range, or there are too many.</exception>
    public static TableSet SetOf(ReadOnlySpan<double> deviations) =>
        deviations.IsEmpty ? Set : ScaleTables.SetOf<Shape>(deviations, MaxDeviation);

    readonly struct Shape : ScaleTables.IShape
    {
        public static double Tail(double z) => 0.5 * ExactMath.Exp(-z * Sqrt2);
    }
}
