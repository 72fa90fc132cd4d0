using Lacuna.Entropy;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Between values and the integer symbols of the stream.</summary>
/// <remarks>docs/format.md, sections 5.4 and 5.5.</remarks>
static class Quantizer
{
    /// <summary>Largest magnitude of a symbol.</summary>
    public const int Limit = 32767;

    /// <summary>The symbol of a value: its distance from the mean in steps, to the nearest integer, ties to even.</summary>
    public static short Symbol(float value, float mean, float gain)
    {
        float steps = (value - mean) * gain;
        return (short)MathF.Round(Math.Clamp(float.IsNaN(steps) ? 0 : steps, -Limit, Limit), MidpointRounding.ToEven);
    }

    /// <summary>
    /// The symbol of a value, or the next one towards zero where that saves more rate than it costs distortion:
    /// the lesser of <c>distance^2 + trade * bits</c>, distance in steps.
    /// </summary>
    /// <remarks>
    /// The decoder does not know of it. Source: G. Sullivan, T. Wiegand, "Rate-distortion optimization for video compression",
    /// IEEE Signal Processing Magazine, 1998. In theory a bit is worth 2 ln 2 / 12 = 0.116 step^2; by trial less, since later passes
    /// and the synthesis read the symbols too.
    /// </remarks>
    public static short Symbol(float value, float mean, float gain, int table, float trade)
    {
        short nearest = Symbol(value, mean, gain);
        if (nearest == 0)
        {
            return nearest;
        }

        var smaller = (short)(nearest - Math.Sign(nearest));
        float steps = (value - mean) * gain;
        float near = steps - nearest, far = steps - smaller;
        float saved = TableSet.Gaussian.Cost(table, nearest) - TableSet.Gaussian.Cost(table, smaller);
        return far * far - near * near < trade * saved ? smaller : nearest;
    }

    /// <summary>The value that a symbol stands for.</summary>
    public static float Value(short symbol, float mean, float step) => MathF.FusedMultiplyAdd(symbol, step, mean);
}
