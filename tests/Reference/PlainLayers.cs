namespace Lacuna.Tests.Reference;

/// <summary>The network's operations as docs/format.md, section 5.1, tells them, one value after another.</summary>
static class PlainLayers
{
    /// <param name="x">[h, w, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    public static Map Pointwise(Map x, float[] weight, float[] bias)
    {
        var y = new Map(x.Height, x.Width, bias.Length);
        for (int position = 0; position < x.Height * x.Width; position++)
        {
            ReadOnlySpan<float> inputs = x.Values.AsSpan(position * x.Channels, x.Channels);
            for (int output = 0; output < bias.Length; output++)
            {
                float sum = bias[output];
                for (int i = 0; i < inputs.Length; i++)
                {
                    sum = MathF.FusedMultiplyAdd(inputs[i], weight[output * inputs.Length + i], sum);
                }

                y.Values[position * bias.Length + output] = sum;
            }
        }

        return y;
    }

    /// <param name="x">[h, w, channels].</param>
    /// <param name="weight">[9, channels].</param>
    /// <param name="bias">[channels].</param>
    public static Map Depthwise(Map x, float[] weight, float[] bias)
    {
        var y = new Map(x.Height, x.Width, x.Channels);
        for (int row = 0; row < x.Height; row++)
        {
            for (int column = 0; column < x.Width; column++)
            {
                for (int channel = 0; channel < x.Channels; channel++)
                {
                    y[row, column, channel] = Neighbours(x, weight, bias[channel], row, column, channel);
                }
            }
        }

        return y;
    }

    public static Map Activate(Map x) => new(x.Height, x.Width, x.Channels)
    {
        Values = [.. x.Values.Select(v => v >= 0 ? v : v * (1f / 128))],
    };

    public static Map Sum(Map x, Map y) => new(x.Height, x.Width, x.Channels)
    {
        Values = [.. x.Values.Zip(y.Values, (a, b) => a + b)],
    };

    public static Map Unshuffle(Map x, int n)
    {
        var y = new Map(x.Height / n, x.Width / n, n * n * x.Channels);
        EachFold(y, n, (row, column, channel, fineRow, fineColumn, part) => y[row, column, channel] = x[fineRow, fineColumn, part]);
        return y;
    }

    public static Map Shuffle(Map x, int n)
    {
        var y = new Map(x.Height * n, x.Width * n, x.Channels / (n * n));
        EachFold(x, n, (row, column, channel, fineRow, fineColumn, part) => y[fineRow, fineColumn, part] = x[row, column, channel]);
        return y;
    }

    static float Neighbours(Map x, float[] weight, float bias, int row, int column, int channel)
    {
        float sum = bias;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                if (x.Has(row + dy, column + dx))
                {
                    float tap = weight[(3 * (dy + 1) + dx + 1) * x.Channels + channel];
                    sum = MathF.FusedMultiplyAdd(x[row + dy, column + dx, channel], tap, sum);
                }
            }
        }

        return sum;
    }

    static void EachFold(Map coarse, int n, Action<int, int, int, int, int, int> pair)
    {
        int channels = coarse.Channels / (n * n);
        for (int row = 0; row < coarse.Height; row++)
        {
            for (int column = 0; column < coarse.Width; column++)
            {
                for (int channel = 0; channel < coarse.Channels; channel++)
                {
                    (int i, int j, int k) = (channel / channels / n, channel / channels % n, channel % channels);
                    pair(row, column, channel, n * row + i, n * column + j, k);
                }
            }
        }
    }
}
