namespace Lacuna.Bits;

/// <summary>Writes bit fields to the front of a span, the low bits of each byte first; the last byte is filled up with zeros.</summary>
/// <param name="destination">Receives the bytes; must be large enough.</param>
public ref struct BitWriter(Span<byte> destination)
{
    readonly Span<byte> destination = destination;
    int bits;

    /// <summary>Bytes begun so far.</summary>
    public readonly int Written => (bits + 7) / 8;

    /// <summary>Writes one field.</summary>
    /// <param name="value">The field; bits above <paramref name="width"/> are ignored.</param>
    /// <param name="width">Its width, 0 to 32.</param>
    /// <exception cref="IndexOutOfRangeException">The span is full.</exception>
    public void Write(uint value, int width)
    {
        for (int done = 0; done < width;)
        {
            int offset = bits % 8;
            int taken = Math.Min(8 - offset, width - done);
            var part = (byte)(value >> done & ((1u << taken) - 1));
            destination[bits / 8] = (byte)((offset == 0 ? 0 : destination[bits / 8]) | (part << offset));
            done += taken;
            bits += taken;
        }
    }
}
