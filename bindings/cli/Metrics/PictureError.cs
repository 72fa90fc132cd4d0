using Lacuna.Codecs;

namespace Lacuna.Cli.Metrics;

/// <summary>How far apart two pictures of one layout are, sample by sample.</summary>
/// <param name="MeanSquares">Mean squared error of each channel.</param>
/// <param name="MaxError">Largest magnitude of a difference, 0 to 255.</param>
sealed record PictureError(IReadOnlyList<double> MeanSquares, int MaxError)
{
    /// <summary>Mean squared error over all channels.</summary>
    public double MeanSquare => MeanSquares.Average();

    /// <summary>PSNR in dB from the mean squared error over all channels; infinite for equal pictures.</summary>
    public double Psnr => ToPsnr(MeanSquare);

    /// <summary>PSNR in dB of each channel.</summary>
    public IReadOnlyList<double> ChannelPsnr => [.. MeanSquares.Select(ToPsnr)];

    /// <summary>PSNR of a mean squared error between 8-bit samples: <c>10 log10(255^2 / error)</c>.</summary>
    public static double ToPsnr(double meanSquare) => 10 * Math.Log10(255.0 * 255.0 / meanSquare);

    /// <summary>Compares two pictures.</summary>
    /// <param name="a">A picture.</param>
    /// <param name="b">A picture of the same size and layout.</param>
    /// <exception cref="ArgumentException">Sizes or layouts differ.</exception>
    public static PictureError Measure(Picture a, Picture b)
    {
        Pairs.Check(a, b);
        int channels = a.Channels;
        var squares = new long[channels];
        int max = 0;
        for (int i = 0; i < a.Pixels.Length; i += channels)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int difference = a.Pixels[i + channel] - b.Pixels[i + channel];
                squares[channel] += difference * difference;
                max = Math.Max(max, Math.Abs(difference));
            }
        }

        double count = (double)a.Width * a.Height;
        return new PictureError([.. squares.Select(square => square / count)], max);
    }
}
