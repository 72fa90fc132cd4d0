namespace Lacuna.Sampling;

/// <summary>Which training steps a run visits (Lin et al., arXiv:2305.08891, table 2).</summary>
public enum TimestepSpacing
{
    /// <summary>Evenly from the first to the last.</summary>
    Linspace = 0,

    /// <summary>Multiples of a whole step from 0, plus an offset.</summary>
    Leading = 1,

    /// <summary>Back from the last by a step that need not be whole.</summary>
    Trailing = 2,
}

/// <summary>The three spacings, falling, with numpy's roundings.</summary>
static class TimestepSpacings
{
    /// <param name="spacing">The rule.</param>
    /// <param name="trained">Training steps.</param>
    /// <param name="count">Steps of the run.</param>
    /// <param name="offset">Added under <see cref="TimestepSpacing.Leading"/>.</param>
    /// <param name="extra">
    /// 1 spaces one step more and leaves the last out, as solvers do whose last step ends at a level of its own; 0 otherwise.
    /// </param>
    /// <param name="usable">Training steps in use, where the noisiest are left out.</param>
    /// <param name="whole">Whether evenly spaced steps are rounded to whole ones.</param>
    public static double[] Make(TimestepSpacing spacing, int trained, int count, int offset, int extra, int usable, bool whole)
    {
        switch (spacing)
        {
            case TimestepSpacing.Linspace:
                double[] line = FloatLine.Between(0.0, usable - 1, count + extra);
                line = whole ? line.Select(t => Math.Round(t)) : line.Select(t => (double)(float)t);
                return line.Reversed().Part(..count);

            case TimestepSpacing.Leading:
                int ratio = usable / (count + extra);
                return Sequence.Of(count + extra, i => (double)((i * ratio) + offset)).Reversed().Part(..count);

            default:
                double step = trained / (double)count;
                double delta = usable - step - usable;
                int length = (int)Math.Ceiling(usable / step);
                return Sequence.Of(length, i => Math.Round(usable + (i * delta)) - 1);
        }
    }
}
