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

    /// <summary>The value that a symbol stands for.</summary>
    public static float Value(short symbol, float mean, float step) => MathF.FusedMultiplyAdd(symbol, step, mean);
}
