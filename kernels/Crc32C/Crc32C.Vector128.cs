using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static partial class Crc32C
{
    /// <summary>The processor's own instruction, 8 bytes a time: SSE4.2 on x86-64, the CRC extension on Arm.</summary>
    static uint Instruction(uint crc, ReadOnlySpan<byte> bytes) =>
        Isa.HasCrc32X64 ? X64(crc, bytes)
        : Isa.HasCrc32Arm64 ? Arm64(crc, bytes)
        : Scalar(crc, bytes);

    static uint X64(uint crc, ReadOnlySpan<byte> bytes)
    {
        ulong register = ~crc;
        for (; bytes.Length >= 3 * StreamBytes; bytes = bytes[(3 * StreamBytes)..])
        {
            register = ThreeStreams((uint)register, bytes[..(3 * StreamBytes)]);
        }

        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            register = Sse42.X64.Crc32(register, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        uint last = (uint)register;
        foreach (byte next in bytes)
        {
            last = Sse42.Crc32(last, next);
        }

        return ~last;
    }

    /// <summary>Three thirds of a block side by side: the instruction takes three cycles, and may begin in each.</summary>
    static uint ThreeStreams(uint register, ReadOnlySpan<byte> block)
    {
        ref byte first = ref MemoryMarshal.GetReference(block);
        (ulong a, ulong b, ulong c) = (register, 0, 0);
        for (nuint i = 0; i < StreamBytes; i += sizeof(ulong))
        {
            a = Sse42.X64.Crc32(a, Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref first, i)));
            b = Sse42.X64.Crc32(b, Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref first, i + StreamBytes)));
            c = Sse42.X64.Crc32(c, Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref first, i + (2 * StreamBytes))));
        }

        return PastStream(PastStream((uint)a) ^ (uint)b) ^ (uint)c;
    }

    static uint Arm64(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint register = ~crc;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            register = Crc32.Arm64.ComputeCrc32C(register, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte next in bytes)
        {
            register = Crc32.ComputeCrc32C(register, next);
        }

        return ~register;
    }
}
