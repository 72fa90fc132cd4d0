namespace Lacuna.Sampling;

/// <summary>A weighted sum of what one step knows. Solvers are written with it as their formulas stand in the papers.</summary>
/// <param name="State">Weight of the latents.</param>
/// <param name="Output">Weight of the network's guided output as it is.</param>
/// <param name="Data">Weight of what the step keeps of the output: data, noise or slope.</param>
/// <param name="Past1">Weight of the newest tensor kept before this step.</param>
/// <param name="Past2">Weight of the one before.</param>
/// <param name="Past3">Weight of the one before that.</param>
/// <param name="Noise">Weight of new normal noise.</param>
public readonly record struct Combination(
    double State = 0,
    double Output = 0,
    double Data = 0,
    double Past1 = 0,
    double Past2 = 0,
    double Past3 = 0,
    double Noise = 0)
{
    /// <summary>The latents.</summary>
    internal static Combination X { get; } = new(State: 1);

    /// <summary>The network's guided output.</summary>
    internal static Combination M { get; } = new(Output: 1);

    /// <summary>New noise.</summary>
    internal static Combination Z { get; } = new(Noise: 1);

    /// <summary>What is kept: 0 is this step's, 1 the newest of those before, up to 3.</summary>
    internal static Combination Kept(int age) => age switch
    {
        0 => new(Data: 1),
        1 => new(Past1: 1),
        2 => new(Past2: 1),
        3 => new(Past3: 1),
        _ => throw new ArgumentOutOfRangeException(nameof(age)),
    };

    /// <summary>The quantity of a conversion.</summary>
    internal static Combination Of(Conversion conversion) => new(State: conversion.State, Output: conversion.Output);

    /// <summary>The conversion of another state than the latents.</summary>
    internal static Combination Of(Conversion conversion, Combination state) => (conversion.State * state) + (conversion.Output * M);

    /// <summary>Whether no weight is infinite or NaN.</summary>
    internal bool IsFinite => double.IsFinite(State) && double.IsFinite(Output) && double.IsFinite(Data)
        && double.IsFinite(Past1) && double.IsFinite(Past2) && double.IsFinite(Past3) && double.IsFinite(Noise);

    /// <summary>Sum.</summary>
    public static Combination operator +(Combination a, Combination b) => new(
        a.State + b.State,
        a.Output + b.Output,
        a.Data + b.Data,
        a.Past1 + b.Past1,
        a.Past2 + b.Past2,
        a.Past3 + b.Past3,
        a.Noise + b.Noise);

    /// <summary>Difference.</summary>
    public static Combination operator -(Combination a, Combination b) => a + (-1 * b);

    /// <summary>Multiple.</summary>
    public static Combination operator *(double w, Combination a) => new(
        w * a.State, w * a.Output, w * a.Data, w * a.Past1, w * a.Past2, w * a.Past3, w * a.Noise);
}
