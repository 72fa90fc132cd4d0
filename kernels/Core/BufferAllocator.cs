using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>Gives the memory of <see cref="AlignedBuffer{T}"/>: the system's, or that of a host with a mind of its own.</summary>
/// <remarks>Any thread may call it, the finaliser's included.</remarks>
public abstract unsafe partial class BufferAllocator
{
    static long liveBytes;

    /// <summary>The C library's memory.</summary>
    public static BufferAllocator System { get; } = new SystemAllocator();

    /// <summary>Bytes that <see cref="System"/> has given and not got back.</summary>
    public static long LiveBytes => Interlocked.Read(ref liveBytes);

    /// <summary>Gives a block.</summary>
    /// <param name="bytes">Its length, 1 or more.</param>
    /// <param name="alignment">A power of two that its address shall be a multiple of.</param>
    /// <returns>The block, its contents unspecified; null where there is none.</returns>
    public abstract void* Allocate(nuint bytes, nuint alignment);

    /// <summary>Takes a block back.</summary>
    /// <param name="memory">What <see cref="Allocate"/> gave.</param>
    /// <param name="bytes">The length that was asked for.</param>
    public abstract void Release(void* memory, nuint bytes);

    sealed partial class SystemAllocator : BufferAllocator
    {
        const nuint LargePageBytes = 2 << 20;
        const int WantLargePages = 14; // MADV_HUGEPAGE

        public override void* Allocate(nuint bytes, nuint alignment)
        {
            // A fresh block costs a fault a page: with pages of 2 MB that is 512 times fewer.
            bool isLarge = bytes >= LargePageBytes && OperatingSystem.IsLinux();
            try
            {
                void* memory = NativeMemory.AlignedAlloc(bytes, isLarge ? LargePageBytes : alignment);
                Interlocked.Add(ref liveBytes, (long)bytes);
                if (isLarge)
                {
                    _ = Advise(memory, bytes, WantLargePages); // advice alone: where it is not taken nothing is lost
                }

                return memory;
            }
            catch (OutOfMemoryException)
            {
                return null;
            }
        }

        [LibraryImport("libc", EntryPoint = "madvise")]
        private static partial int Advise(void* memory, nuint bytes, int advice);

        public override void Release(void* memory, nuint bytes)
        {
            NativeMemory.AlignedFree(memory);
            Interlocked.Add(ref liveBytes, -(long)bytes);
        }
    }
}
