using System.Runtime.InteropServices;

namespace Lacuna.Tests.Kernels;

/// <summary>Memory whose last element lies against a page that cannot be read: one element too many ends the process.</summary>
/// <remarks>Where there is no mmap (not Linux) it is plain memory, and only wrong results are found.</remarks>
sealed unsafe class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    const int ReadWrite = 3;
    const int NoAccess = 0;
    const int PrivateAnonymous = 0x22;

    readonly nuint bytes;
    readonly byte* pages;
    readonly byte* end;

    public GuardedMemory(int capacity)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint usable = ((nuint)capacity * (nuint)sizeof(T) + page - 1) / page * page;
        bytes = usable + page;
        if (OperatingSystem.IsLinux())
        {
            pages = Pages.Map(null, bytes, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, (nint)pages);
            Assert.Equal(0, Pages.Protect(pages + usable, page, NoAccess));
        }
        else
        {
            pages = (byte*)NativeMemory.AllocZeroed(bytes);
        }

        end = pages + usable;
    }

    /// <summary>The last <paramref name="count"/> elements before the guard.</summary>
    public Span<T> Last(int count) => new((T*)end - count, count);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, Pages.Unmap(pages, bytes));
        }
        else
        {
            NativeMemory.Free(pages);
        }
    }
}

/// <summary>The system's calls for pages.</summary>
static unsafe partial class Pages
{
    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    public static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint length);
}
