using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>What a network has answered, in its own format.</summary>
public readonly ref struct NetworkOutput
{
    /// <summary>How the numbers are written.</summary>
    public NetworkFormat Format { get; init; }

    /// <summary>The answer under the condition; the only one where there is no guidance.</summary>
    public required ReadOnlySpan<byte> Conditional { get; init; }

    /// <summary>The answer without the condition; empty where there is no guidance.</summary>
    public ReadOnlySpan<byte> Unconditional { get; init; }

    /// <summary>An answer of floats without guidance.</summary>
    public static NetworkOutput Of(ReadOnlySpan<float> output) => new() { Conditional = MemoryMarshal.AsBytes(output) };

    /// <summary>Bytes of a number.</summary>
    internal int Width => Format == NetworkFormat.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>One number of an answer.</summary>
    internal double At(ReadOnlySpan<byte> answer, int index) => Format switch
    {
        NetworkFormat.Float16 => (double)MemoryMarshal.Cast<byte, Half>(answer)[index],
        NetworkFormat.BFloat16 => BitConverter.Int32BitsToSingle(MemoryMarshal.Cast<byte, ushort>(answer)[index] << 16),
        _ => MemoryMarshal.Cast<byte, float>(answer)[index],
    };

    /// <summary>The answer for some of the elements.</summary>
    internal NetworkOutput Slice(int first, int count) => new()
    {
        Format = Format,
        Conditional = Conditional.Slice(first * Width, count * Width),
        Unconditional = Unconditional.IsEmpty ? default : Unconditional.Slice(first * Width, count * Width),
    };
}
