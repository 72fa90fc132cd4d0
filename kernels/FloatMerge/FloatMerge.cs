using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Puts floats together again from the planes that <see cref="FloatSplit"/> made of them.</summary>
/// <remarks>
/// <para>The bytes of plane 0, 1, ... at one place, from the highest to the lowest, turned right by one bit, are the float there.</para>
/// <para>Class: exact, for every bit pattern. Cost: each byte is read and written once; bound by memory from Vector128 up.</para>
/// <para>Source: docs/format.md, section 11.</para>
/// </remarks>
public static partial class FloatMerge
{
    /// <param name="planes">The planes.</param>
    /// <param name="floats">
    /// Receives little-endian floats, shape [<see cref="FloatPlanes.Count"/>, <see cref="FloatPlanes.Width"/>]; must not overlap a plane.
    /// </param>
    public delegate void Fn(in FloatPlanes planes, Span<byte> floats);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(FloatMerge),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Lanes<ByteLanes128, Vector128<byte>>),
        new Variant<Fn>(IsaLevel.Avx2, Lanes<ByteLanes256, Vector256<byte>>),
        new Variant<Fn>(IsaLevel.Avx512, Lanes<ByteLanes512, Vector512<byte>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The floats are not as many as the planes hold.</exception>
    public static void Run(in FloatPlanes planes, Span<byte> floats)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)floats.Length, (long)planes.Count * planes.Width, nameof(floats));
        Table.Best(planes, floats);
    }
}
