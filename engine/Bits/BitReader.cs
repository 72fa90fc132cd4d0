namespace Lacuna.Bits;

/// <summary>Reads bit fields from the front of a span, the low bits of each byte first.</summary>
/// <param name="source">The bytes; not copied.</param>
public ref struct BitReader(ReadOnlySpan<byte> source)
{
    readonly ReadOnlySpan<byte> source = source;
    int bytes;
    ulong pending;
    int pendingBits;

    /// <summary>Bytes that the bits read so far lie in.</summary>
    public readonly int Consumed => bytes;

    /// <summary>Reads one field.</summary>
    /// <param name="bits">Its width, 0 to 32.</param>
    /// <param name="value">The field; 0 on failure.</param>
    /// <returns>False where the source ends first.</returns>
    public bool TryRead(int bits, out uint value)
    {
        value = 0;
        while (pendingBits < bits)
        {
            if (bytes == source.Length)
            {
                return false;
            }

            pending |= (ulong)source[bytes++] << pendingBits;
            pendingBits += 8;
        }

        value = (uint)(pending & ((1ul << bits) - 1));
        pending >>= bits;
        pendingBits -= bits;
        return true;
    }

    /// <summary>Whether the unread bits of the last byte are all 0, as <see cref="BitWriter"/> leaves them.</summary>
    public readonly bool PaddingIsZero => pending == 0;
}
