using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>What a packet's reference stands for: its bytes.</summary>
sealed unsafe class PacketMemory : IDisposable
{
    readonly AlignedBuffer<byte> buffer;

    /// <exception cref="OutOfMemoryException">There is no memory.</exception>
    public PacketMemory(ReadOnlySpan<byte> bytes, BufferAllocator memory)
    {
        buffer = new AlignedBuffer<byte>(bytes.Length, memory);
        bytes.CopyTo(buffer.Span);
    }

    /// <summary>Points a packet to the bytes.</summary>
    public void Lend(ref Packet packet)
    {
        fixed (byte* first = buffer.Span)
        {
            packet.Data = first; // outside the collected heap: it stays where it is
        }

        packet.Size = (nuint)buffer.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();
}
