using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Takes floats apart into planes of bytes: exponents in the first, the sign and the mantissa in the others.</summary>
/// <remarks>
/// <para>
/// A float is turned left by one bit, so that the sign comes to the end, and its bytes go to planes from the highest to the lowest:
/// </para>
/// <code>
///              15    14 ......... 7 6 ....... 0
///   bfloat16  | s |   exponent (8) | mantissa  |      plane 0: exponent             plane 1: mantissa 7, s
///   float16   | s | exponent (5) | mantissa 10 |      plane 0: exponent, mantissa 3 plane 1: mantissa 7, s
///              31    30 ......... 23 22 .. 15 14 .. 7 6 ... 0
///   float32   | s |   exponent (8)  |     mantissa (23)     |
///               plane 0: exponent   plane 1: mantissa 8   plane 2: mantissa 8   plane 3: mantissa 7, s
/// </code>
/// <para>
/// Class: exact, for every bit pattern: infinities, payloads of NaN, denormals, both zeros. <see cref="FloatMerge"/> undoes it.
/// </para>
/// <para>Cost: each byte is read and written once; bound by memory from Vector128 up.</para>
/// <para>Source: docs/format.md, section 11.</para>
/// </remarks>
public static partial class FloatSplit
{
    /// <param name="floats">Little-endian floats, shape [count, <paramref name="width"/>].</param>
    /// <param name="width">Bytes of a float: 2 or 4.</param>
    /// <param name="planes">Receives the planes, shape [<paramref name="width"/>, count]; must not overlap the floats.</param>
    public delegate void Fn(ReadOnlySpan<byte> floats, int width, Span<byte> planes);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(FloatSplit),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Lanes<ByteLanes128, Vector128<byte>>),
        new Variant<Fn>(IsaLevel.Avx2, Lanes<ByteLanes256, Vector256<byte>>),
        new Variant<Fn>(IsaLevel.Avx512, Lanes<ByteLanes512, Vector512<byte>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// <paramref name="width"/> is neither 2 nor 4, the floats are not whole, or the planes differ from them in size.
    /// </exception>
    public static void Run(ReadOnlySpan<byte> floats, int width, Span<byte> planes)
    {
        if (width is not (2 or 4) || floats.Length % width != 0)
        {
            throw new ArgumentException($"{floats.Length} bytes are no floats of {width} bytes each.", nameof(width));
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Length, floats.Length, nameof(planes));
        Table.Best(floats, width, planes);
    }
}
