namespace Lacuna.Sampling;

/// <summary>What the multistep solvers share.</summary>
static class Multistep
{
    /// <summary>Runs of fewer steps fall back to lower orders at their end.</summary>
    public const int FewSteps = 15;

    /// <summary>The order of a step: it rises at the start, and falls at the end where asked.</summary>
    /// <param name="index">The step.</param>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="most">The solver's order.</param>
    /// <param name="firstAtLast">Whether the last step is of order 1.</param>
    /// <param name="secondBefore">Whether the one before it is of order 2 at most.</param>
    public static int Order(int index, int steps, int most, bool firstAtLast, bool secondBefore) =>
        firstAtLast && index == steps - 1 ? 1
        : secondBefore && index == steps - 2 ? Math.Min(Math.Min(most, 2), index + 1)
        : Math.Min(most, index + 1);

    static readonly double[][] AdamsBashforth =
    [
        [1],
        [3 / 2.0, -1 / 2.0],
        [23 / 12.0, -16 / 12.0, 5 / 12.0],
        [55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0],
    ];

    /// <summary>The Adams-Bashforth sum of even steps over as many values as there are, up to 4.</summary>
    public static Combination Adams(int values)
    {
        double[] weights = AdamsBashforth[Math.Min(values, AdamsBashforth.Length) - 1];
        Combination sum = default;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += weights[k] * Combination.Kept(k);
        }

        return sum;
    }
}
