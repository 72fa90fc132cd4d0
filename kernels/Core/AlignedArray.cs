using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>
/// Collected memory that never moves and starts on a cache line: weights, which live as long as whoever refers to them.
/// </summary>
sealed unsafe class AlignedArray
{
    const int Alignment = 64;

    readonly float[] array;
    readonly int offset;

    /// <summary>Makes an array of zeros.</summary>
    public AlignedArray(int count)
    {
        array = GC.AllocateArray<float>(count + Alignment / sizeof(float), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref array[0]);
        offset = (int)((Alignment - address % Alignment) % Alignment / sizeof(float));
        Count = count;
    }

    public int Count { get; }

    public Span<float> Span => array.AsSpan(offset, Count);
}
