namespace Lacuna.Sampling;

/// <summary>A rule that turns noise levels into steps. All its arithmetic is done once, before a run.</summary>
public abstract record Solver
{
    /// <summary>The solver's name: records would print every field, each by its own code.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Plans a run over a grid: adds its steps.</summary>
    internal abstract void Plan(SamplingGrid grid, List<SamplingStep> steps);

    /// <summary>
    /// The latents moved to another level along a given noise: exact where the network's noise does not change on the way.
    /// </summary>
    /// <remarks>alpha' (x - sigma e) / alpha + sigma' e: DDIM, Euler's step and the first order of every solver in noise.</remarks>
    private protected static Combination Transfer(NoiseLevel from, NoiseLevel to, Combination state, Combination noise) =>
        ((to.Alpha / from.Alpha) * state) + ((to.Sigma - (to.Alpha * from.Sigma / from.Alpha)) * noise);
}
