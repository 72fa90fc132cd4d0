namespace Lacuna.Codecs;

/// <summary>What follows from a <see cref="PixelLayout"/>.</summary>
public static class PixelLayouts
{
    /// <summary>Whether the last channel is alpha.</summary>
    public static bool HasAlpha(this PixelLayout layout) => layout is PixelLayout.GreyAlpha or PixelLayout.Rgba;

    /// <summary>Whether there are red, green and blue.</summary>
    public static bool HasColour(this PixelLayout layout) => layout is PixelLayout.Rgb or PixelLayout.Rgba;
}
