namespace Lacuna.Codecs.Images;

/// <summary>A quality level as a stream carries it: 0 (smallest file) to 9 (best picture) in steps of 1/256.</summary>
/// <remarks>docs/format.md, section 2.</remarks>
/// <param name="Steps">0 to <see cref="MaxSteps"/>.</param>
readonly record struct QualityLevel(int Steps)
{
    public const int StepsPerLevel = 256;
    public const int MaxSteps = 9 * StepsPerLevel;

    /// <summary>Quality 0 to 100, as people give it.</summary>
    public double Quality => Steps * (100.0 / MaxSteps);

    /// <summary>
    /// What the encoder gives for a bit, in squared quantiser steps: found by trial on photographs, most where most symbols are zero.
    /// </summary>
    public float Trade => MathF.Max(0.05f, 0.125f - 0.015f / StepsPerLevel * Steps);

    public static QualityLevel FromQuality(double quality) => new((int)Math.Round(Math.Clamp(quality, 0, 100) * (MaxSteps / 100.0)));
}
