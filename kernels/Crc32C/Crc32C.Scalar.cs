namespace Lacuna.Kernels;

public static partial class Crc32C
{
    /// <summary>0x1EDC6F41 with its bits in reverse.</summary>
    const uint Reflected = 0x82F63B78;

    static readonly uint[] Remainders = MakeRemainders();

    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static uint Scalar(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint register = ~crc;
        foreach (byte next in bytes)
        {
            register = Remainders[(byte)(register ^ next)] ^ register >> 8;
        }

        return ~register;
    }

    static uint[] MakeRemainders()
    {
        uint[] remainders = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            uint remainder = value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = remainder >> 1 ^ (remainder & 1) * Reflected;
            }

            remainders[value] = remainder;
        }

        return remainders;
    }
}
