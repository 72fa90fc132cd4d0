using System.Runtime.CompilerServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

public class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public unsafe void A_buffer_is_zeroed_and_starts_on_a_cache_line(int count)
    {
        using var buffer = new AlignedBuffer<float>(count);
        Assert.Equal(new float[count], buffer.Span.ToArray());
        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(buffer.Span)) % 64);
    }

    [Fact]
    public void A_disposed_buffer_is_empty_and_may_be_disposed_again()
    {
        var buffer = new AlignedBuffer<byte>(10);
        buffer.Dispose();
        buffer.Dispose();
        Assert.True(buffer.Span.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<byte>(-1));
    }

    [Fact]
    public unsafe void Memory_comes_from_the_allocator_and_goes_back_to_it()
    {
        using var allocator = new CountingAllocator();
        var buffer = new AlignedBuffer<short>(100, allocator);
        Assert.Equal((200, 1), (allocator.Live, allocator.Calls));
        buffer.Reserve(50);
        Assert.Equal((200, 1), (allocator.Live, allocator.Calls));
        buffer.Reserve(300);
        Assert.Equal((300, 600, 2), (buffer.Count, allocator.Live, allocator.Calls));
        buffer.Dispose();
        Assert.Equal(0, allocator.Live);
        Assert.Equal(2, allocator.Calls);
    }

    [Fact]
    public void Where_there_is_no_memory_the_buffer_is_empty_and_may_be_asked_again()
    {
        using var allocator = new CountingAllocator { FailingCall = 2 };
        using var buffer = new AlignedBuffer<int>(10, allocator);
        Assert.ThrowsAny<OutOfMemoryException>(() => buffer.Reserve(20));
        Assert.Equal((0, 0), (buffer.Count, allocator.Live));
        buffer.Reserve(5);
        Assert.Equal((5, 20), (buffer.Count, allocator.Live));
        Assert.ThrowsAny<OutOfMemoryException>(() => new AlignedBuffer<int>(1, new CountingAllocator { FailingCall = 1 }));
    }
}
