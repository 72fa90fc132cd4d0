namespace Lacuna.Interop;

/// <summary>The objects that callers hold, each behind a number that is checked at every use.</summary>
/// <remarks>
/// <para>
/// A handle is never an address: it is a slot and the slot's generation, <c>generation &lt;&lt; 25 | slot &lt;&lt; 1 | 1</c>. So a
/// destroyed handle, one of another type and any pointer are told from a live one, and no use of them can touch memory. (After 2^32
/// uses of one slot a number comes back.)
/// </para>
/// <para>Each is counted: <see cref="Own"/> gives the first reference. Nothing is allocated once the table has its size.</para>
/// </remarks>
static unsafe class Handles
{
    const int SlotBits = 24;
    const int FirstSlots = 64;

    static readonly Lock Gate = new();
    static volatile Slot[] slots = new Slot[FirstSlots];
    static int used;
    static int firstFree = -1;

    /// <summary>Handles that are not yet destroyed.</summary>
    public static int Live { get; private set; }

    /// <summary>Makes a handle with one reference.</summary>
    /// <param name="target">Disposed with the last reference, if it can be.</param>
    /// <exception cref="OutOfMemoryException">There are 2^24 handles.</exception>
    public static nint Own(object target)
    {
        lock (Gate)
        {
            int index = Take();
            ref Slot slot = ref slots[index];
            slot.Generation++;
            slot.References = 1;
            slot.Target = target;
            Live++;
            return (nint)(((long)slot.Generation << (SlotBits + 1)) | ((long)index << 1) | 1);
        }
    }

    /// <summary>The object behind a handle; it stays usable for the call even if another thread destroys the handle.</summary>
    /// <exception cref="ArgumentException">The handle is null, destroyed, of another type, or none of ours.</exception>
    public static T Borrow<T>(nint handle, string name)
        where T : class
    {
        int index = IndexOf(handle);
        Slot[] present = slots;
        if ((uint)index < (uint)present.Length)
        {
            object? target = Volatile.Read(ref present[index].Target);
            if (Volatile.Read(ref present[index].Generation) == GenerationOf(handle) && target is T found)
            {
                return found;
            }
        }

        throw Wrong(handle, name);
    }

    /// <summary>Adds a reference.</summary>
    /// <exception cref="ArgumentException">As <see cref="Borrow"/>.</exception>
    public static void Retain<T>(nint handle, string name)
        where T : class
    {
        lock (Gate)
        {
            Borrow<T>(handle, name);
            slots[IndexOf(handle)].References++;
        }
    }

    /// <summary>Takes a reference away and sets the caller's variable to null; disposes the object with the last.</summary>
    /// <param name="handle">Where the caller keeps it. Null, and a null handle, do nothing.</param>
    /// <param name="name">The parameter's name in the header.</param>
    /// <exception cref="ArgumentException">
    /// As <see cref="Borrow"/>, or the object itself is making this call; the variable is left alone.
    /// </exception>
    public static void Release<T>(nint* handle, string name)
        where T : class
    {
        if (handle == null || *handle == 0)
        {
            return;
        }

        T target;
        lock (Gate)
        {
            target = Borrow<T>(*handle, name);
            (target as ITakesTurns)?.RequireOutside();
            int index = IndexOf(*handle);
            ref Slot slot = ref slots[index];
            *handle = 0;
            if (--slot.References > 0)
            {
                return;
            }

            slot.Target = null;
            slot.NextFree = firstFree;
            firstFree = index;
            Live--;
        }

        (target as IDisposable)?.Dispose();
    }

    static int Take()
    {
        if (firstFree >= 0)
        {
            int index = firstFree;
            firstFree = slots[index].NextFree;
            return index;
        }

        if (used == slots.Length)
        {
            if (used == 1 << SlotBits)
            {
                throw new InsufficientMemoryException();
            }

            // Readers may still look at the former array: what they find there is what was.
            var larger = new Slot[2 * used];
            slots.CopyTo(larger, 0);
            slots = larger;
        }

        return used++;
    }

    static int IndexOf(nint handle) => (handle & 1) == 0 ? -1 : (int)((ulong)handle >> 1) & ((1 << SlotBits) - 1);

    static ulong GenerationOf(nint handle) => (ulong)handle >> (SlotBits + 1);

    static ArgumentException Wrong(nint handle, string name) =>
        new(handle == 0 ? $"{name} is null." : $"{name} is not a handle of this type, or was destroyed.");

    struct Slot
    {
        public object? Target;
        public uint Generation;
        public int References;
        public int NextFree;
    }
}
