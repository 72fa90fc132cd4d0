namespace Lacuna.Interop;

/// <summary>Views of a caller's memory, checked as far as an address can be.</summary>
static unsafe class Native
{
    /// <summary>A caller's elements to read.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="data"/> is null though it has a length, or is not aligned to its elements; or they take over 2 GiB.
    /// </exception>
    public static ReadOnlySpan<T> Input<T>(T* data, nuint count, string name)
        where T : unmanaged => new(Checked(data, count, name), (int)count);

    /// <summary>A caller's elements to write, of which 2 GiB are used at most.</summary>
    /// <exception cref="ArgumentException"><paramref name="data"/> is null though it has a length, or is not aligned.</exception>
    public static Span<T> Output<T>(T* data, nuint capacity, string name)
        where T : unmanaged
    {
        nuint usable = nuint.Min(capacity, (nuint)(int.MaxValue / sizeof(T)));
        return new(Checked(data, usable, name), (int)usable);
    }

    /// <summary>A caller's elements to write, all of them.</summary>
    /// <exception cref="ArgumentException">As <see cref="Input"/>.</exception>
    public static Span<T> Exactly<T>(T* data, nuint count, string name)
        where T : unmanaged => new(Checked(data, count, name), (int)count);

    /// <summary>A caller's rows, of so many elements each.</summary>
    /// <exception cref="ArgumentException">As <see cref="Input"/>.</exception>
    public static Span<T> Rows<T>(T* data, nuint count, int width, string name)
        where T : unmanaged => Exactly(data, count > int.MaxValue ? count : count * (nuint)width, name);

    /// <summary>A structure that begins with its size, as callers of this or another version of the header made it.</summary>
    /// <param name="data">Null: <paramref name="defaults"/>.</param>
    /// <param name="defaults">What null stands for.</param>
    /// <param name="name">The parameter's name in the header.</param>
    /// <exception cref="ArgumentException">
    /// The size is below the first version's, or what this version does not know is not zero.
    /// </exception>
    public static T Options<T>(T* data, in T defaults, string name)
        where T : unmanaged
    {
        if (data == null)
        {
            return defaults;
        }

        uint size = CheckedSize(data, name);
        if (new ReadOnlySpan<byte>((byte*)data + sizeof(T), (int)size - sizeof(T)).ContainsAnyExcept((byte)0))
        {
            throw new ArgumentException($"{name} asks for something that only a newer library knows.");
        }

        return *data;
    }

    /// <summary>Fills a structure that begins with its size; what only a newer header knows becomes zero.</summary>
    /// <exception cref="ArgumentException">It is null, or its size is below the first version's.</exception>
    public static void Fill<T>(T* data, in T value, string name)
        where T : unmanaged
    {
        uint size = CheckedSize(data, name);
        *data = value;
        new Span<byte>((byte*)data + sizeof(T), (int)size - sizeof(T)).Clear();
        *(uint*)data = size;
    }

    /// <exception cref="ArgumentException"><paramref name="data"/> is null.</exception>
    public static void Require(void* data, string name)
    {
        if (data == null)
        {
            throw new ArgumentException($"{name} is null.");
        }
    }

    /// <summary>Sets a result to zero before anything can fail.</summary>
    /// <exception cref="ArgumentException"><paramref name="data"/> is null.</exception>
    public static void Clear<T>(T* data, string name)
        where T : unmanaged
    {
        Require(data, name);
        *data = default;
    }

    /// <summary>Sets two outputs to 0.</summary>
    /// <exception cref="ArgumentException">One is null; the other is 0 all the same.</exception>
    public static void ClearBoth(nint* first, string firstName, nuint* second, string secondName)
    {
        if (first != null)
        {
            *first = 0;
        }

        if (second != null)
        {
            *second = 0;
        }

        Require(first, firstName);
        Require(second, secondName);
    }

    static uint CheckedSize<T>(T* data, string name)
        where T : unmanaged
    {
        const uint Largest = 4096;
        Require(data, name);
        if ((nuint)data % sizeof(uint) != 0)
        {
            throw new ArgumentException($"{name} is not aligned.");
        }

        uint size = *(uint*)data;
        return size >= (uint)sizeof(T) && size <= Largest
            ? size
            : throw new ArgumentException($"{name}->struct_size is {size}; it must be the structure's sizeof.");
    }

    static T* Checked<T>(T* data, nuint count, string name)
        where T : unmanaged
    {
        if (count > (nuint)(int.MaxValue / sizeof(T)))
        {
            throw new ArgumentException($"{name} is longer than 2 GiB.");
        }

        if (count > 0)
        {
            Require(data, name);
            nuint alignment = sizeof(T) is 2 or 4 or 8 ? (nuint)sizeof(T) : 1;
            if ((nuint)data % alignment != 0)
            {
                throw new ArgumentException($"{name} is not aligned to its elements.");
            }
        }

        return data;
    }
}
