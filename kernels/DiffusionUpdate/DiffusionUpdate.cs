namespace Lacuna.Kernels;

/// <summary>
/// One step of a diffusion sampler: guidance, conversion of the prediction, clipping, the solver's sum and its noise, in one pass.
/// </summary>
/// <remarks>
/// <code>
/// m    = output[i]
/// m    = fma(w.Guidance, m - unconditional[i], unconditional[i])     with an unconditional output
/// data = fma(w.DataOutput, m, w.DataState * state[i])
/// data = min(max(data, -w.DataLimit), w.DataLimit)                   a NaN stays
/// next = fma(w.Output, m, w.State * state[i])
/// next = fma(w.Data, data, next)                                     where w.Data is not 0
/// next = fma(w.Past1, past1[i], next), the same for past2, past3 and noise, each where it is given
/// </code>
/// <para>
/// Class: exact. Every variant gives the bits of <see cref="Scalar"/>, except that the sign and payload of a NaN are not specified.
/// </para>
/// <para>
/// Cost: every tensor is read once and every result written once; from the second-level cache that is what a copy of as many bytes costs.
/// </para>
/// </remarks>
public static unsafe partial class DiffusionUpdate
{
    /// <param name="weights">The coefficients.</param>
    /// <param name="tensors">What is read.</param>
    /// <param name="next">Shape of the state: receives the next state. It may be the state itself. Empty: not computed.</param>
    /// <param name="data">Shape of the state: receives the data. It may be one of the past tensors. Empty: not stored.</param>
    /// <returns>Whether every guided output was finite; where false the results are computed all the same.</returns>
    public delegate bool Fn(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(DiffusionUpdate),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Quads),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Quads));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// A tensor's length is neither 0 nor the state's, or an output overlaps a tensor without being the same.
    /// </exception>
    public static bool Run(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data)
    {
        int count = tensors.State.Length;
        int width = tensors.Format == NetworkFormat.Float32 ? sizeof(float) : sizeof(ushort);
        CheckLength(tensors.Output.Length, (long)count * width, nameof(tensors.Output));
        CheckOptional(tensors.Unconditional.Length, (long)count * width, nameof(tensors.Unconditional));
        CheckOptional(tensors.Past1.Length, count, nameof(tensors.Past1));
        CheckOptional(tensors.Past2.Length, count, nameof(tensors.Past2));
        CheckOptional(tensors.Past3.Length, count, nameof(tensors.Past3));
        CheckOptional(tensors.Noise.Length, count, nameof(tensors.Noise));
        CheckOptional(next.Length, count, nameof(next));
        CheckOptional(data.Length, count, nameof(data));
        CheckOverlap(tensors, next, nameof(next));
        CheckOverlap(tensors, data, nameof(data));
        if (next.Overlaps(data))
        {
            throw new ArgumentException("The next state and the data overlap.", nameof(data));
        }

        return Table.Best(weights, tensors, next, data);
    }

    static void CheckOptional(int length, long expected, string name)
    {
        if (length != 0)
        {
            CheckLength(length, expected, name);
        }
    }

    static void CheckLength(int length, long expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{name} has a length of {length}, not of {expected}.", name);
        }
    }

    static void CheckOverlap(in DiffusionTensors tensors, Span<float> written, string name)
    {
        ReadOnlySpan<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes((ReadOnlySpan<float>)written);
        if (Crosses(written, tensors.State) || Crosses(written, tensors.Past1) || Crosses(written, tensors.Past2)
            || Crosses(written, tensors.Past3) || Crosses(written, tensors.Noise)
            || bytes.Overlaps(tensors.Output) || bytes.Overlaps(tensors.Unconditional))
        {
            throw new ArgumentException("An output overlaps a tensor.", name);
        }
    }

    static bool Crosses(ReadOnlySpan<float> written, ReadOnlySpan<float> read) =>
        written.Overlaps(read, out int offset) && offset != 0;
}
