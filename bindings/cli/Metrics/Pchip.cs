namespace Lacuna.Cli.Metrics;

/// <summary>A curve through points that rises and falls only where they do: piecewise cubic Hermite interpolation.</summary>
/// <remarks>
/// Source: F. N. Fritsch, J. Butland, "A method for constructing local monotone piecewise cubic interpolants", SIAM J. Sci.
/// Stat. Comput. 5 (1984), with the three-point slopes at the ends that MATLAB's pchip and SciPy's PchipInterpolator take.
/// </remarks>
sealed class Pchip
{
    readonly double[] _x;
    readonly double[] _y;
    readonly double[] _slopes;

    /// <summary>Lays the curve.</summary>
    /// <param name="x">Positions, strictly rising; at least two.</param>
    /// <param name="y">Values, as many.</param>
    /// <exception cref="ArgumentException">There are too few points, or the positions do not rise.</exception>
    public Pchip(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count < 2 || x.Count != y.Count)
        {
            throw new ArgumentException("A curve needs two points or more, and a value for each.");
        }

        (_x, _y) = ([.. x], [.. y]);
        for (int i = 1; i < _x.Length; i++)
        {
            if (!(_x[i] > _x[i - 1]))
            {
                throw new ArgumentException("The positions of a curve's points must rise.");
            }
        }

        _slopes = Slopes(_x, _y);
    }

    /// <summary>The area under the curve, exactly.</summary>
    /// <param name="from">Not under the first position.</param>
    /// <param name="to">Not over the last position, and not under <paramref name="from"/>.</param>
    public double Integral(double from, double to)
    {
        double area = 0;
        for (int i = 0; i < _x.Length - 1; i++)
        {
            double left = Math.Max(from, _x[i]);
            double right = Math.Min(to, _x[i + 1]);
            if (right > left)
            {
                area += Antiderivative(i, right) - Antiderivative(i, left);
            }
        }

        return area;
    }

    double Antiderivative(int piece, double x)
    {
        double h = _x[piece + 1] - _x[piece];
        double rise = (_y[piece + 1] - _y[piece]) / h;
        double quadratic = ((3 * rise) - (2 * _slopes[piece]) - _slopes[piece + 1]) / h;
        double cubic = (_slopes[piece] + _slopes[piece + 1] - (2 * rise)) / (h * h);
        double t = x - _x[piece];
        return t * (_y[piece] + (t * ((_slopes[piece] / 2) + (t * ((quadratic / 3) + (t * cubic / 4))))));
    }

    static double[] Slopes(double[] x, double[] y)
    {
        int pieces = x.Length - 1;
        double[] h = [.. Enumerable.Range(0, pieces).Select(i => x[i + 1] - x[i])];
        double[] rise = [.. Enumerable.Range(0, pieces).Select(i => (y[i + 1] - y[i]) / h[i])];
        if (pieces == 1)
        {
            return [rise[0], rise[0]];
        }

        var slopes = new double[x.Length];
        slopes[0] = EndSlope(h[0], h[1], rise[0], rise[1]);
        slopes[pieces] = EndSlope(h[pieces - 1], h[pieces - 2], rise[pieces - 1], rise[pieces - 2]);
        for (int i = 1; i < pieces; i++)
        {
            double before = (2 * h[i]) + h[i - 1];
            double after = h[i] + (2 * h[i - 1]);
            slopes[i] = rise[i - 1] * rise[i] <= 0 ? 0 : (before + after) / ((before / rise[i - 1]) + (after / rise[i]));
        }

        return slopes;
    }

    static double EndSlope(double h, double nextH, double rise, double nextRise)
    {
        double slope = ((((2 * h) + nextH) * rise) - (h * nextRise)) / (h + nextH);
        return Math.Sign(slope) != Math.Sign(rise) ? 0
            : Math.Sign(rise) != Math.Sign(nextRise) && Math.Abs(slope) > 3 * Math.Abs(rise) ? 3 * rise
            : slope;
    }
}
