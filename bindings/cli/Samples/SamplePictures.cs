using Lacuna.Codecs;

namespace Lacuna.Cli.Samples;

/// <summary>Between samples, float32 planes from -1 to 1, and pictures of 8 bits.</summary>
static class SamplePictures
{
    /// <summary>Samples as one picture, in rows of nearly as many as there are rows.</summary>
    /// <param name="samples">[count, channels, height, width].</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    public static Picture ToPicture(ReadOnlySpan<float> samples, int count, int channels, int height, int width)
    {
        int columns = (int)Math.Ceiling(Math.Sqrt(count)), rows = (count + columns - 1) / columns;
        byte[] pixels = new byte[(long)rows * height * columns * width * channels];
        for (int sample = 0; sample < count; sample++)
        {
            ReadOnlySpan<float> planes = samples.Slice(sample * channels * height * width, channels * height * width);
            int top = sample / columns * height, left = sample % columns * width;
            for (int y = 0; y < height; y++)
            {
                Span<byte> row = pixels.AsSpan((((top + y) * columns * width) + left) * channels, width * channels);
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = ToByte(planes[(((i % channels * height) + y) * width) + (i / channels)]);
                }
            }
        }

        return new Picture(columns * width, rows * height, (PixelLayout)channels, pixels);
    }

    /// <summary>A picture as a sample [channels, height, width]; alpha is passed over, and grey counts as equal colours.</summary>
    public static float[] FromPicture(Picture picture, int channels)
    {
        int plane = picture.Width * picture.Height;
        int colours = picture.Channels >= 3 ? 3 : 1;
        float[] sample = new float[channels * plane];
        for (int at = 0; at < plane; at++)
        {
            ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(at * picture.Channels, colours);
            for (int channel = 0; channel < channels; channel++)
            {
                float value = colours == channels || colours == 1
                    ? pixel[colours == 1 ? 0 : channel]
                    : (0.299f * pixel[0]) + (0.587f * pixel[1]) + (0.114f * pixel[2]);
                sample[(channel * plane) + at] = (value / 127.5f) - 1;
            }
        }

        return sample;
    }

    static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round((value + 1) * 127.5f), 0, 255);
}
