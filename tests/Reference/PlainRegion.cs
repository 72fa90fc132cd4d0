namespace Lacuna.Tests.Reference;

/// <summary>A model at a stream's level: docs/format.md, sections 5.3 to 5.6.</summary>
sealed class PlainLevel(Weights weights, double level)
{
    public Weights Weights => weights;

    public double Level => level;

    public float[] LogGain { get; } = weights.At("latents.log_gain", level);

    public float[] Step { get; } = [.. weights.At("latents.log_gain", level).Select(gain => Exp(-gain))];

    public float[] HyperLogGain { get; } = weights.At("hyper.log_gain", level);

    public float[] HyperStep { get; } = [.. weights.At("hyper.log_gain", level).Select(gain => Exp(-gain))];

    /// <summary>The scale table of a log-scale, section 5.4.</summary>
    public static int Table(float s)
    {
        float t = MathF.FusedMultiplyAdd(s, 8.126461f, 17.937332f);
        return t > 0 ? (int)MathF.Round(MathF.Min(t, 63), MidpointRounding.ToEven) : 0;
    }

    /// <summary>Section 5.6.</summary>
    public static float Exp(float x)
    {
        x = float.IsNaN(x) ? -87 : Math.Clamp(x, -87, 88);
        float n = MathF.Round(x * 1.44269502f, MidpointRounding.ToEven);
        float r = MathF.FusedMultiplyAdd(n, -0.693359375f, x);
        r = MathF.FusedMultiplyAdd(n, 0.000212194440f, r);
        float p = 1.9875691500e-4f;
        p = MathF.FusedMultiplyAdd(p, r, 1.3981999507e-3f);
        p = MathF.FusedMultiplyAdd(p, r, 8.3334519073e-3f);
        p = MathF.FusedMultiplyAdd(p, r, 4.1665795894e-2f);
        p = MathF.FusedMultiplyAdd(p, r, 1.6666665459e-1f);
        p = MathF.FusedMultiplyAdd(p, r, 5.0000001201e-1f);
        p = MathF.FusedMultiplyAdd(p, r * r, r) + 1;
        return MathF.ScaleB(p, (int)n);
    }
}

/// <summary>Reads one region's latents: docs/format.md, sections 3, 5.4 and 5.5.</summary>
sealed class PlainRegion(PlainLevel model, int height, int width)
{
    const int HyperChannels = 64;
    const int Latents = 192;
    const int Features = 128;
    const int GroupSize = 48;

    static readonly int[] Order = [0, 3, 1, 2];

    readonly Weights weights = model.Weights;

    /// <summary>The latents, [height, width, 192].</summary>
    public Map Decode(ReadOnlySpan<byte> symbols)
    {
        int hyperHeight = (height + 3) / 4, hyperWidth = (width + 3) / 4;
        var coder = new PlainRans(symbols, hyperHeight * hyperWidth * HyperChannels + height * width * Latents);
        Map features = FeaturesOf(HyperLatents(coder, hyperHeight, hyperWidth));
        var known = new Map(height, width, Latents);
        for (int pass = 0; pass < Order.Length; pass++)
        {
            DecodePass(coder, pass, Parameters(pass, features, known), known);
        }

        coder.Finish();
        return known;
    }

    Map HyperLatents(PlainRans coder, int rows, int columns)
    {
        var z = new Map(rows, columns, HyperChannels);
        for (int i = 0; i < z.Values.Length; i++)
        {
            int c = i % HyperChannels;
            short symbol = coder.Next(PlainLevel.Table(weights["hyper.log_scale"][c] + model.HyperLogGain[c]));
            z.Values[i] = MathF.FusedMultiplyAdd(symbol, model.HyperStep[c], weights["hyper.mean"][c]);
        }

        return z;
    }

    Map FeaturesOf(Map z)
    {
        Map x = PlainLayers.Shuffle(weights.Pointwise("hyper_synthesis.enter", z), 2);
        x = weights.Block("hyper_synthesis.block", x);
        x = PlainLayers.Activate(weights.Pointwise("hyper_synthesis.up", x, "hyper_synthesis.quality", model.Level));
        x = PlainLayers.Shuffle(x, 2);
        var cropped = new Map(height, width, Features);
        for (int row = 0; row < height; row++)
        {
            x.Values.AsSpan(row * x.Width * Features, width * Features).CopyTo(cropped.Values.AsSpan(row * width * Features));
        }

        return weights.Block("hyper_synthesis.leave", cropped);
    }

    Map Parameters(int pass, Map features, Map known)
    {
        string name = $"context.{pass}";
        if (pass == 0)
        {
            return weights.Pointwise(name + ".leave", features);
        }

        var joint = new Map(height, width, Features + Latents);
        for (int position = 0; position < height * width; position++)
        {
            Span<float> inputs = joint.Values.AsSpan(position * joint.Channels, joint.Channels);
            features.Values.AsSpan(position * Features, Features).CopyTo(inputs);
            known.Values.AsSpan(position * Latents, Latents).CopyTo(inputs[Features..]);
        }

        Map x = weights.Pointwise(name + ".enter", joint, name + ".quality", model.Level);
        x = weights.Depthwise(name + ".depthwise", PlainLayers.Activate(x));
        x = PlainLayers.Activate(weights.Pointwise(name + ".mix", x));
        return weights.Pointwise(name + ".leave", x);
    }

    void DecodePass(PlainRans coder, int pass, Map parameters, Map known)
    {
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int group = (2 * (row & 1) + (column & 1)) ^ Order[pass];
                for (int c = GroupSize * group; c < GroupSize * (group + 1); c++)
                {
                    short symbol = coder.Next(PlainLevel.Table(parameters[row, column, Latents + c] + model.LogGain[c]));
                    known[row, column, c] = MathF.FusedMultiplyAdd(symbol, model.Step[c], parameters[row, column, c]);
                }
            }
        }
    }
}
