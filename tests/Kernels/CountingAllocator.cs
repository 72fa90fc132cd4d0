using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

/// <summary>Counts what is taken from it, and fails when it is told to. Disposing it checks that all has come back.</summary>
sealed unsafe class CountingAllocator : BufferAllocator, IDisposable
{
    readonly Lock counting = new();
    readonly Dictionary<nint, nuint> blocks = [];

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>The call that finds no memory, from 1; 0: none does.</summary>
    public int FailingCall { get; set; }

    /// <summary>Bytes that are out.</summary>
    public long Live { get; private set; }

    /// <summary>The most bytes that were ever out.</summary>
    public long Peak { get; private set; }

    public override void* Allocate(nuint bytes, nuint alignment)
    {
        lock (counting)
        {
            Calls++;
            Assert.NotEqual(0u, bytes);
            if (Calls == FailingCall)
            {
                return null;
            }

            void* memory = NativeMemory.AlignedAlloc(bytes, alignment);
            NativeMemory.Fill(memory, bytes, 0x7F); // as float32 3.4e38: what is read before it is written shows
            blocks.Add((nint)memory, bytes);
            Live += (long)bytes;
            Peak = Math.Max(Peak, Live);
            return memory;
        }
    }

    public override void Release(void* memory, nuint bytes)
    {
        lock (counting)
        {
            Assert.True(blocks.Remove((nint)memory, out nuint given));
            Assert.Equal(given, bytes);
            Live -= (long)bytes;
            NativeMemory.AlignedFree(memory);
        }
    }

    public void Dispose() => Assert.Empty(blocks);
}
