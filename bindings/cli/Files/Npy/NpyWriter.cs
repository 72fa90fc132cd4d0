using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Lacuna.Cli.Files.Npy;

/// <summary>Writes a NumPy file (*.npy) of float32.</summary>
/// <remarks>Source: numpy.lib.format, version 1.0. The header ends at a multiple of 64 bytes.</remarks>
static class NpyWriter
{
    const int Alignment = 64;

    /// <summary>Writes the file; the stream is left open and not flushed.</summary>
    public static void Write(NpyArray array, Stream destination)
    {
        string shape = array.Shape is [var only] ? $"{only}," : string.Join(", ", array.Shape);
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}";
        int before = NpyArray.Magic.Length + 4;
        int length = ((before + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - before;
        Span<byte> start = stackalloc byte[before];
        NpyArray.Magic.CopyTo(start);
        start[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)length);
        destination.Write(start);
        destination.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + '\n'));
        destination.Write(MemoryMarshal.AsBytes(array.Values.AsSpan()));
    }
}
