namespace Lacuna.Sampling;

/// <summary>Polynomials through given nodes, for solvers that integrate past values.</summary>
static class Lagrange
{
    /// <summary>
    /// Shape [power]: the coefficients, lowest power first, of the polynomial that is 1 at one node and 0 at the others.
    /// </summary>
    public static double[] Basis(ReadOnlySpan<double> nodes, int one)
    {
        double[] polynomial = [1];
        for (int k = 0; k < nodes.Length; k++)
        {
            if (k != one)
            {
                polynomial = TimesLinear(polynomial, nodes[k], 1 / (nodes[one] - nodes[k]));
            }
        }

        return polynomial;
    }

    /// <summary>The integral of that polynomial under a weight whose moments are given.</summary>
    public static double Integral(ReadOnlySpan<double> nodes, int one, ReadOnlySpan<double> moments)
    {
        double sum = 0;
        double[] polynomial = Basis(nodes, one);
        for (int power = polynomial.Length - 1; power >= 0; power--)
        {
            sum += polynomial[power] * moments[power];
        }

        return sum;
    }

    static double[] TimesLinear(double[] polynomial, double root, double scale)
    {
        var product = new double[polynomial.Length + 1];
        for (int i = 0; i < polynomial.Length; i++)
        {
            product[i + 1] += scale * polynomial[i];
            product[i] -= scale * root * polynomial[i];
        }

        return product;
    }
}
