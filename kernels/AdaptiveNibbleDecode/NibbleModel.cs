using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>
/// The contexts in which a byte is coded as two nibbles: one for the high nibble, and one for the low nibble after each high one.
/// </summary>
/// <remarks>
/// <code>
///  row      0         the high nibble's distribution   (<see cref="AdaptiveCdf"/>, 16 entries of 16 bits)
///           1 .. 16   the low nibble's, after high nibbles 0 .. 15
///           17 ..     0, so that the entry after any distribution's last is 0; from byte 8 the ages, 16 bits each
/// </code>
/// A default value is not ready for use: <see cref="Reset"/> makes it so.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
public unsafe struct NibbleModel
{
    /// <summary>Contexts of a model.</summary>
    public const int Contexts = 17;

    internal const int RowBytes = 2 * AdaptiveCdf.Entries;
    internal const int AgesAt = (Contexts * RowBytes) + 8;
    internal const int Bytes = (Contexts + 2) * RowBytes;

    fixed short entries[Contexts * AdaptiveCdf.Entries];
    readonly long end;
    fixed ushort ages[Contexts];

    /// <summary>Bytes that hold models and leave room to align them.</summary>
    /// <param name="count">Models.</param>
    public static int RoomBytes(int count) => (count * Bytes) + RowBytes;

    /// <summary>Makes new models where their rows do not straddle cache lines.</summary>
    /// <param name="room">Memory that does not move, such as the stack's; at least <see cref="RoomBytes"/>.</param>
    /// <param name="count">Models.</param>
    /// <returns>The models, in <paramref name="room"/>.</returns>
    public static Span<NibbleModel> Place(Span<byte> room, int count)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(room));
        Span<byte> aligned = room[(int)((RowBytes - (address % RowBytes)) % RowBytes)..];
        Span<NibbleModel> models = MemoryMarshal.Cast<byte, NibbleModel>(aligned)[..count];
        foreach (ref NibbleModel model in models)
        {
            model.Reset();
        }

        return models;
    }

    /// <summary>Makes all bytes equally likely.</summary>
    public void Reset()
    {
        this = default;
        for (int context = 0; context < Contexts; context++)
        {
            Age(context) = (ushort)AdaptiveCdf.Reset(Distribution(context), AdaptiveCdf.Entries);
        }
    }

    /// <summary>The distribution of a context: 0 for the high nibble, 1 + high for the low one.</summary>
    [UnscopedRef]
    internal Span<short> Distribution(int context) =>
        MemoryMarshal.CreateSpan(ref entries[context * AdaptiveCdf.Entries], AdaptiveCdf.Entries);

    /// <summary>The age of a context.</summary>
    [UnscopedRef]
    internal ref ushort Age(int context) => ref ages[context];
}
