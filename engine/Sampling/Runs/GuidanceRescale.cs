namespace Lacuna.Sampling;

/// <summary>What brings a guided answer back to the deviation of the conditional one.</summary>
static class GuidanceRescale
{
    /// <summary>Sums that run beside each other: their number, not the processor's vectors, fixes the order of additions.</summary>
    const int Lanes = 8;

    /// <summary>The factor of one picture: rescale * deviation of c / deviation of u + scale (c - u), and the rest 1.</summary>
    public static float Factor(NetworkOutput output, double scale, double rescale)
    {
        Span<double> sums = stackalloc double[4 * Lanes];
        sums.Clear();
        int count = output.Conditional.Length / output.Width;
        for (int i = 0; i < count; i++)
        {
            double conditional = output.At(output.Conditional, i), unconditional = output.At(output.Unconditional, i);
            double guided = unconditional + (scale * (conditional - unconditional));
            Span<double> lane = sums.Slice(4 * (i % Lanes), 4);
            lane[0] += conditional;
            lane[1] += conditional * conditional;
            lane[2] += guided;
            lane[3] += guided * guided;
        }

        for (int lane = 1; lane < Lanes; lane++)
        {
            for (int k = 0; k < 4; k++)
            {
                sums[k] += sums[(4 * lane) + k];
            }
        }

        double wanted = sums[1] - (sums[0] * sums[0] / count), had = sums[3] - (sums[2] * sums[2] / count);
        return had > 0 && wanted >= 0 ? (float)((rescale * Math.Sqrt(wanted / had)) + (1 - rescale)) : 1;
    }
}
