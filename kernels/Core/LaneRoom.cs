using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>Working memory of a loop over vectors of rANS lanes, on the stack.</summary>
unsafe struct LaneRoom
{
    /// <summary>Bytes of the widest vector.</summary>
    public const int VectorBytes = 64;

    /// <summary>Symbols whose shifts are looked up at a time.</summary>
    public const int Block = 4096;

    const int PlaneBytes = sizeof(ushort) * LanePlanes.MaxLanes;

    fixed byte memory[(3 * PlaneBytes) + (5 * VectorBytes) + VectorBytes];
    fixed byte words[2 * VectorBytes];
    fixed byte shifts[Block];

    /// <summary>The low halves of the states; on a cache line.</summary>
    public ushort* Low => (ushort*)(((nuint)Unsafe.AsPointer(ref memory[0]) + VectorBytes - 1) & ~(nuint)(VectorBytes - 1));

    /// <summary>The high halves of the states; on a cache line.</summary>
    public ushort* High => Low + LanePlanes.MaxLanes;

    /// <summary>What is to be added to the low halves; on a cache line.</summary>
    public ushort* Added => High + LanePlanes.MaxLanes;

    /// <summary>Four vectors; on a cache line.</summary>
    public byte* Keys => (byte*)(Added + LanePlanes.MaxLanes);

    /// <summary>A vector; on a cache line.</summary>
    public ushort* Counts => (ushort*)(Keys + (4 * VectorBytes));

    /// <summary>Two vectors.</summary>
    public byte* Words => (byte*)Unsafe.AsPointer(ref words[0]);

    /// <summary>A byte for each symbol of a block.</summary>
    public byte* Shifts => (byte*)Unsafe.AsPointer(ref shifts[0]);
}
