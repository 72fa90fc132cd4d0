using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>The export that lacuna/checksum.h promises. No logic lives here.</summary>
static unsafe class ChecksumExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_crc32c", CallConvs = [typeof(CallConvCdecl)])]
    static uint CheckOf(uint crc, byte* data, nuint length)
    {
        // Nothing here throws. A span reaches 2 GiB.
        for (length = data == null ? 0 : length; length > int.MaxValue; length -= int.MaxValue, data += int.MaxValue)
        {
            crc = Crc32C.Run(crc, new ReadOnlySpan<byte>(data, int.MaxValue));
        }

        return Crc32C.Run(crc, new ReadOnlySpan<byte>(data, (int)length));
    }
}
