namespace Lacuna.Sampling;

/// <summary>Evenly spaced numbers with the roundings of the libraries that networks are trained with.</summary>
static class FloatLine
{
    /// <summary>Floats that torch computes side by side.</summary>
    const int Lanes = 8;

    /// <summary>Shape [count]: torch.linspace in float32, as its vector code has computed it since version 1.7.</summary>
    public static float[] Between(float first, float last, int count)
    {
        if (count == 1)
        {
            return [first];
        }

        float step = (last - first) / (count - 1);
        var line = new float[count];
        for (int i = 0; i < count; i++)
        {
            int block = i / Lanes * Lanes;
            int start = block + Lanes <= count ? block : i;
            float base_ = start < count / 2
                ? MathF.FusedMultiplyAdd(step, start, first)
                : MathF.FusedMultiplyAdd(-step, count - 1 - start, last);
            line[i] = MathF.FusedMultiplyAdd(step, i - start, base_);
        }

        return line;
    }

    /// <summary>Shape [count]: numpy.linspace in double.</summary>
    public static double[] Between(double first, double last, int count)
    {
        double step = (last - first) / Math.Max(count - 1, 1);
        double[] line = Sequence.Of(count, i => (i * step) + first);
        if (count > 1)
        {
            line[^1] = last;
        }

        return line;
    }

    /// <summary>Every number rounded to float32.</summary>
    public static double[] Rounded(IReadOnlyList<double> values) => values.Select(value => (double)(float)value);
}
