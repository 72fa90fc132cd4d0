namespace Lacuna.Kernels;

/// <summary>Names one endless row of normal deviates: equal names give equal rows, different names independent ones.</summary>
/// <param name="Seed">The seed of the whole run.</param>
/// <param name="Step">The step of the loop that draws.</param>
/// <param name="Draw">Which draw of that step, where it has several; 0 is the first.</param>
public readonly record struct NoiseStream(ulong Seed, uint Step = 0, uint Draw = 0);
