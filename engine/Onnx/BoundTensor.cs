using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Onnx;

/// <summary>Memory of one input or output that a binding owns.</summary>
public sealed class BoundTensor
{
    readonly AlignedBuffer<byte> memory;

    internal BoundTensor(ElementType type, AlignedBuffer<byte> memory, OrtHandle tensor) =>
        (Type, this.memory, Tensor) = (type, memory, tensor);

    /// <summary>Type of the elements.</summary>
    public ElementType Type { get; }

    internal OrtHandle Tensor { get; }

    /// <summary>Elements.</summary>
    public int Count => memory.Count / Type.Bytes();

    /// <summary>The memory; empty once the binding is disposed.</summary>
    public Span<byte> Bytes => memory.Span;

    /// <summary>The memory as float32.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public Span<float> Floats => Type == ElementType.Float32
        ? MemoryMarshal.Cast<byte, float>(memory.Span)
        : throw new InvalidOperationException($"The elements are {Type}, not {ElementType.Float32}.");

    /// <summary>Sets all elements, each converted to the tensor's type: halves rounded to even, whole numbers too.</summary>
    /// <param name="values">As many as there are elements.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Set(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
        {
            throw new ArgumentException($"{values.Length} values for {Count} elements.", nameof(values));
        }

        if (Type == ElementType.Float32)
        {
            values.CopyTo(Floats);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            Set(i, values[i]);
        }
    }

    /// <summary>Sets all elements to one value.</summary>
    public void Fill(double value)
    {
        for (int i = 0; i < Count; i++)
        {
            Set(i, value);
        }
    }

    /// <summary>Gives the memory back.</summary>
    internal void Dispose()
    {
        Tensor.Dispose();
        memory.Dispose();
    }

    void Set(int index, double value)
    {
        Span<byte> bytes = memory.Span;
        switch (Type)
        {
            case ElementType.Float32:
                MemoryMarshal.Cast<byte, float>(bytes)[index] = (float)value;
                break;
            case ElementType.Float64:
                MemoryMarshal.Cast<byte, double>(bytes)[index] = value;
                break;
            case ElementType.Float16:
                MemoryMarshal.Cast<byte, Half>(bytes)[index] = (Half)value;
                break;
            case ElementType.BFloat16:
                MemoryMarshal.Cast<byte, ushort>(bytes)[index] = BFloat16((float)value);
                break;
            case ElementType.Int32:
                MemoryMarshal.Cast<byte, int>(bytes)[index] = (int)Math.Round(value);
                break;
            default:
                MemoryMarshal.Cast<byte, long>(bytes)[index] = (long)Math.Round(value);
                break;
        }
    }

    static ushort BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
