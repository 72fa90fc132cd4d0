namespace Lacuna.Sampling;

/// <summary>The cumulative products of 1 - beta that a network was trained with, one a training step.</summary>
/// <remarks>
/// Everything is rounded to float32 where the common training code rounds, so that the table has its bits: networks of this kind were
/// trained, and are sampled elsewhere, with those numbers. Products are accumulated in double.
/// <para>Source: Ho et al., arXiv:2006.11239 (linear); Nichol and Dhariwal, arXiv:2102.09672 (squared cosine); Lin et al.,
/// arXiv:2305.08891 (zero-terminal signal-to-noise ratio).</para>
/// </remarks>
public sealed class NoiseSchedule
{
    /// <summary>The product that stands for 0 where a solver divides by it.</summary>
    const float LeastProduct = 5.9604644775390625e-08f; // 2^-24

    const double MaxCosineBeta = 0.999;

    readonly float[] products;

    NoiseSchedule(float[] products) => this.products = products;

    /// <summary>Training steps.</summary>
    public int Count => products.Length;

    /// <summary>Shape [count]: the product of 1 - beta up to each training step, falling.</summary>
    public ReadOnlySpan<float> Products => products;

    /// <summary>Betas on a straight line.</summary>
    /// <param name="first">The first beta, above 0.</param>
    /// <param name="last">The last beta, below 1.</param>
    /// <param name="count">Training steps, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A beta is not between 0 and 1, or there are fewer than 2 steps.</exception>
    public static NoiseSchedule Linear(double first, double last, int count)
    {
        CheckBetas(first, last, count);
        return FromBetas(FloatLine.Between((float)first, (float)last, count));
    }

    /// <summary>Betas whose roots lie on a straight line.</summary>
    /// <inheritdoc cref="Linear"/>
    public static NoiseSchedule ScaledLinear(double first, double last, int count)
    {
        CheckBetas(first, last, count);
        float[] roots = FloatLine.Between((float)Math.Sqrt(first), (float)Math.Sqrt(last), count);
        return FromBetas(roots.Select(root => root * root));
    }

    /// <summary>Products on a squared cosine, betas at most 0.999.</summary>
    /// <param name="count">Training steps, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 steps.</exception>
    public static NoiseSchedule SquaredCosine(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return FromBetas(Sequence.Of(count, i =>
            (float)Math.Min(1 - (Product((i + 1) / (double)count) / Product(i / (double)count)), MaxCosineBeta)));

        static double Product(double time)
        {
            double cosine = DoubleMath.SinCos((time + 0.008) / 1.008 * Math.PI / 2).Cosine;
            return cosine * cosine;
        }
    }

    /// <summary>Betas as given.</summary>
    /// <param name="betas">Shape [count]; at least 2, each at least 0 and at most 1.</param>
    /// <exception cref="ArgumentException">There are fewer than 2, or one is not from 0 to 1.</exception>
    public static NoiseSchedule FromBetas(ReadOnlySpan<float> betas)
    {
        if (betas.Length < 2)
        {
            throw new ArgumentException("A schedule has at least 2 betas.", nameof(betas));
        }

        var products = new float[betas.Length];
        double product = 1;
        for (int i = 0; i < betas.Length; i++)
        {
            if (!(betas[i] >= 0 && betas[i] <= 1))
            {
                throw new ArgumentException($"Beta {i} is {betas[i]}, not from 0 to 1.", nameof(betas));
            }

            product *= 1 - betas[i];
            products[i] = (float)product;
        }

        return new NoiseSchedule(products);
    }

    /// <summary>The schedule stretched so that the last step holds no data.</summary>
    /// <param name="keepsRatioFinite">Whether the last product is 2^-24 instead of 0, for solvers that divide by it.</param>
    public NoiseSchedule WithZeroTerminal(bool keepsRatioFinite)
    {
        float[] roots = products.Select(MathF.Sqrt);
        float first = roots[0], last = roots[^1];
        float stretch = first / (first - last);
        float[] stretched = roots.Select(root => (root - last) * stretch).Select(root => root * root);
        var betas = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            betas[i] = 1 - (i == 0 ? stretched[0] : stretched[i] / stretched[i - 1]);
        }

        NoiseSchedule rescaled = FromBetas(betas);
        if (keepsRatioFinite)
        {
            rescaled.products[^1] = LeastProduct;
        }

        return rescaled;
    }

    /// <summary>Noise over data at a training step.</summary>
    public float Ratio(int step) => MathF.Sqrt((1 - products[step]) / products[step]);

    /// <summary>Shape [count]: noise over data at every training step, rising.</summary>
    internal float[] Ratios() => Sequence.Of(Count, Ratio);

    static void CheckBetas(double first, double last, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        CheckBeta(first, nameof(first));
        CheckBeta(last, nameof(last));
    }

    static void CheckBeta(double beta, string name)
    {
        if (!(beta > 0 && beta < 1))
        {
            throw new ArgumentOutOfRangeException(name, beta, "A beta lies between 0 and 1.");
        }
    }
}
