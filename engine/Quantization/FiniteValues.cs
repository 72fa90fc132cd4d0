namespace Lacuna.Quantization;

/// <summary>Makes finite numbers of all others, as <see cref="NonFinite.Map"/> says.</summary>
static class FiniteValues
{
    /// <summary>A NaN becomes 0, an infinity the greatest finite number of its sign; the rest is copied.</summary>
    /// <param name="source">Any bits.</param>
    /// <param name="destination">At least as long; may be the source.</param>
    public static void Map(ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            float value = source[i];
            destination[i] = float.IsNaN(value) ? 0 : Math.Clamp(value, float.MinValue, float.MaxValue);
        }
    }
}
