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
}
