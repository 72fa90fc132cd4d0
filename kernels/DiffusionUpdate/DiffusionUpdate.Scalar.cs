using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

public static partial class DiffusionUpdate
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static bool Scalar(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data) =>
        ScalarFrom(0, weights, tensors, next, data);

    static bool ScalarFrom(int first, in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data)
    {
        bool finite = true;
        for (int i = first; i < tensors.State.Length; i++)
        {
            float output = Read(tensors.Format, tensors.Output, i);
            if (!tensors.Unconditional.IsEmpty)
            {
                float unconditional = Read(tensors.Format, tensors.Unconditional, i);
                output = MathF.FusedMultiplyAdd(weights.Guidance, output - unconditional, unconditional);
            }

            finite &= float.IsFinite(output);
            float state = tensors.State[i];
            float clean = MathF.FusedMultiplyAdd(weights.DataOutput, output, weights.DataState * state);
            clean = clean > weights.DataLimit ? weights.DataLimit : clean;
            clean = -weights.DataLimit > clean ? -weights.DataLimit : clean;

            float sum = MathF.FusedMultiplyAdd(weights.Output, output, weights.State * state);
            sum = weights.Data != 0 ? MathF.FusedMultiplyAdd(weights.Data, clean, sum) : sum;
            sum = tensors.Past1.IsEmpty ? sum : MathF.FusedMultiplyAdd(weights.Past1, tensors.Past1[i], sum);
            sum = tensors.Past2.IsEmpty ? sum : MathF.FusedMultiplyAdd(weights.Past2, tensors.Past2[i], sum);
            sum = tensors.Past3.IsEmpty ? sum : MathF.FusedMultiplyAdd(weights.Past3, tensors.Past3[i], sum);
            sum = tensors.Noise.IsEmpty ? sum : MathF.FusedMultiplyAdd(weights.Noise, tensors.Noise[i], sum);

            if (!data.IsEmpty)
            {
                data[i] = clean;
            }

            if (!next.IsEmpty)
            {
                next[i] = sum;
            }
        }

        return finite;
    }

    static float Read(NetworkFormat format, ReadOnlySpan<byte> bytes, int index) => format switch
    {
        NetworkFormat.Float16 => (float)MemoryMarshal.Cast<byte, Half>(bytes)[index],
        NetworkFormat.BFloat16 => BitConverter.Int32BitsToSingle(MemoryMarshal.Cast<byte, ushort>(bytes)[index] << 16),
        _ => MemoryMarshal.Cast<byte, float>(bytes)[index],
    };
}
