namespace Lacuna.Denoisers;

/// <summary>One input of a model beside the latents and the timestep: an embedded text, sizes, a mask.</summary>
/// <param name="Name">The input's name in the model.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="Values">What the network is told, as many as the sizes make; converted to the input's type.</param>
/// <param name="Negative">What it is told in its place for the answer without the condition; null: the same.</param>
public sealed record OnnxCondition(
    string Name, IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values, ReadOnlyMemory<float>? Negative = null);
