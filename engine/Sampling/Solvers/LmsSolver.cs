namespace Lacuna.Sampling;

/// <summary>Linear multistep (Adams-Bashforth) on the grid's own spacing: the slopes' polynomial is integrated exactly.</summary>
/// <remarks>Source: K. Crowson, k-diffusion, sample_lms; Butcher, "Numerical Methods for Ordinary Differential Equations", chapter
/// 4.</remarks>
/// <param name="Order">Slopes in use, from 1 to 4.</param>
public sealed record LmsSolver(int Order = 4) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            double from = grid.Levels[i].Sigma, step = grid.Levels[i + 1].Sigma - from;
            double[] nodes = Sequence.Of(Math.Min(i + 1, Order), k => grid.Levels[i - k].Sigma - from);
            double[] moments = [step, step * step / 2, step * step * step / 3, step * step * step * step / 4];
            Combination next = Combination.X;
            for (int k = 0; k < nodes.Length; k++)
            {
                next += Lagrange.Integral(nodes, k, moments) * Combination.Kept(k);
            }

            steps.Add(grid.SlopeStep(i) with { NextLevel = grid.Levels[i + 1], KeepsData = true, Next = next });
        }
    }
}
