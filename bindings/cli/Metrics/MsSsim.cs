using Lacuna.Codecs;

namespace Lacuna.Cli.Metrics;

/// <summary>Multi-scale structural similarity, the mean over the colour channels.</summary>
/// <remarks>
/// Source: Z. Wang, E. P. Simoncelli, A. C. Bovik, "Multi-scale structural similarity for image quality assessment",
/// Asilomar 2003; in the form that learned codecs report (the Python package pytorch-msssim with data_range 255):
/// <list type="bullet">
/// <item>each channel of RGB alone, in double precision; the mean of the channels' values;</item>
/// <item>window of 11 x 11 taps, sigma 1.5, only where it fits into the picture; K1 0.01, K2 0.03;</item>
/// <item>contrast-structure of scales 1 to 4, full similarity of scale 5, each the mean over its map, negative means
/// as 0, raised to 0.0448, 0.2856, 0.3001, 0.2363, 0.1333 (whose sum is 1.0001, by custom) and multiplied;</item>
/// <item>from a scale to the next the mean of 2 x 2 samples; an odd side gets a zero on its left or top first.</item>
/// </list>
/// A picture whose shorter side is under 161 has no five scales. It gets as many as leave the shorter side of the last
/// at 11 or more, with the first weights of the list divided by their sum; one scale in any case. A side under 11 gets
/// a window of the largest odd number of taps that fits. Such values do not compare with those of larger pictures.
/// </remarks>
static class MsSsim
{
    const int BandRows = 32;
    const double C1 = 0.01 * 255 * 0.01 * 255;
    const double C2 = 0.03 * 255 * 0.03 * 255;

    static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Scales that a picture of the given shorter side is compared at, 1 to 5.</summary>
    public static int Scales(int shorterSide)
    {
        int scales = 1;
        while (scales < Weights.Length && shorterSide > (GaussianWindow.Taps - 1) << scales)
        {
            scales++;
        }

        return scales;
    }

    /// <summary>Compares two pictures.</summary>
    /// <param name="a">A picture without alpha.</param>
    /// <param name="b">A picture of the same size and layout.</param>
    /// <returns>1 for equal pictures, toward 0 the less they have in common.</returns>
    /// <exception cref="ArgumentException">Sizes or layouts differ.</exception>
    public static double Measure(Picture a, Picture b)
    {
        Pairs.Check(a, b);
        double sum = 0;
        for (int channel = 0; channel < a.Channels; channel++)
        {
            sum += Measure(Plane(a, channel), Plane(b, channel), a.Width, a.Height);
        }

        return sum / a.Channels;
    }

    /// <summary>The value in decibels, <c>-10 log10(1 - value)</c>; infinite for equal pictures.</summary>
    public static double ToDecibels(double value) => -10 * Math.Log10(1 - value);

    static double Measure(double[] a, double[] b, int width, int height)
    {
        int scales = Scales(Math.Min(width, height));
        double total = scales == Weights.Length ? 1 : Weights[..scales].Sum();
        double product = 1;
        for (int scale = 0; scale < scales; scale++)
        {
            (double similarity, double contrast) = Compare(a, b, width, height);
            double value = scale == scales - 1 ? similarity : contrast;
            product *= Math.Pow(Math.Max(value, 0), Weights[scale] / total);
            if (scale < scales - 1)
            {
                (a, b) = (Halve(a, width, height), Halve(b, width, height));
                (width, height) = ((width + 1) / 2, (height + 1) / 2);
            }
        }

        return product;
    }

    /// <summary>Means over one scale: full similarity, and its contrast-structure factor alone.</summary>
    static (double Similarity, double Contrast) Compare(double[] a, double[] b, int width, int height)
    {
        int taps = GaussianWindow.TapsFor(height);
        int rows = height - taps + 1;
        int columns = width - GaussianWindow.TapsFor(width) + 1;
        var band = new Band(width, Math.Min(rows, BandRows) + taps - 1, columns);
        double similarity = 0;
        double contrast = 0;
        for (int y = 0; y < rows; y += BandRows)
        {
            int sourceRows = Math.Min(rows - y, BandRows) + taps - 1;
            Range range = (y * width)..((y + sourceRows) * width);
            band.Add(a.AsSpan(range), b.AsSpan(range), ref similarity, ref contrast);
        }

        double count = (double)rows * columns;
        return (similarity / count, contrast / count);
    }

    static double[] Halve(double[] plane, int width, int height)
    {
        (int padX, int padY) = (width & 1, height & 1);
        (int columns, int rows) = ((width + 1) / 2, (height + 1) / 2);
        var half = new double[columns * rows];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                half[((y + padY) / 2 * columns) + ((x + padX) / 2)] += plane[(y * width) + x] / 4;
            }
        }

        return half;
    }

    static double[] Plane(Picture picture, int channel)
    {
        var plane = new double[picture.Width * picture.Height];
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = picture.Pixels[(i * picture.Channels) + channel];
        }

        return plane;
    }

    /// <summary>A few rows at a time, so that what is smoothed stays in the processor's cache, and memory small.</summary>
    sealed class Band(int width, int mostRows, int columns)
    {
        readonly double[] _product = new double[width * mostRows];
        readonly double[] _scratch = new double[width * mostRows];
        readonly double[][] _smooth = [.. Enumerable.Range(0, 5).Select(_ => new double[columns * mostRows])];

        public void Add(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ref double similarity, ref double contrast)
        {
            int height = a.Length / width;
            int count = (height - GaussianWindow.TapsFor(height) + 1) * columns;
            GaussianWindow.Smooth(a, width, height, _scratch, _smooth[0]);
            GaussianWindow.Smooth(b, width, height, _scratch, _smooth[1]);
            SmoothProduct(a, a, _smooth[2]);
            SmoothProduct(b, b, _smooth[3]);
            SmoothProduct(a, b, _smooth[4]);
            for (int i = 0; i < count; i++)
            {
                double aa = _smooth[0][i] * _smooth[0][i];
                double bb = _smooth[1][i] * _smooth[1][i];
                double ab = _smooth[0][i] * _smooth[1][i];
                double structure = ((2 * (_smooth[4][i] - ab)) + C2) / (_smooth[2][i] - aa + _smooth[3][i] - bb + C2);
                contrast += structure;
                similarity += structure * ((2 * ab) + C1) / (aa + bb + C1);
            }
        }

        void SmoothProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] smooth)
        {
            for (int i = 0; i < x.Length; i++)
            {
                _product[i] = x[i] * y[i];
            }

            GaussianWindow.Smooth(_product.AsSpan(0, x.Length), width, x.Length / width, _scratch, smooth);
        }
    }
}
