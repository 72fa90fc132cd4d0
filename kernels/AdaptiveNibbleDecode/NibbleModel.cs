using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>
/// The contexts in which a byte is coded as two nibbles: one for the high nibble, and one for the low nibble after each high one.
/// </summary>
/// <remarks>Memory: 17 cache lines. A default value is not ready for use: <see cref="Reset"/> makes it so.</remarks>
public struct NibbleModel
{
    /// <summary>Contexts of a model.</summary>
    public const int Contexts = 17;

    internal const int Bytes = Contexts * NibbleContext.Bytes;

    ContextArray contexts;

    [InlineArray(Contexts)]
    struct ContextArray
    {
        NibbleContext first;
    }

    /// <summary>Bytes that hold models and leave room to align them.</summary>
    /// <param name="count">Models.</param>
    public static int RoomBytes(int count) => (count * Bytes) + NibbleContext.Bytes;

    /// <summary>Makes new models whose contexts do not straddle cache lines.</summary>
    /// <param name="room">Memory that does not move, such as the stack's; at least <see cref="RoomBytes"/>.</param>
    /// <param name="count">Models.</param>
    /// <returns>The models, in <paramref name="room"/>.</returns>
    public static unsafe Span<NibbleModel> Place(Span<byte> room, int count)
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(room));
        Span<byte> aligned = room[(int)((NibbleContext.Bytes - (address % NibbleContext.Bytes)) % NibbleContext.Bytes)..];
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
        foreach (ref NibbleContext context in contexts)
        {
            context.Reset();
        }
    }

    /// <summary>A context: 0 for the high nibble, 1 + high for the low one.</summary>
    [UnscopedRef]
    internal ref NibbleContext this[int context] => ref contexts[context];
}
