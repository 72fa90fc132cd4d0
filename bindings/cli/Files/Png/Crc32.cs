namespace Lacuna.Cli.Files.Png;

/// <summary>The cyclic redundancy check of PNG chunks (ISO 3309, polynomial EDB88320 reflected).</summary>
static class Crc32
{
    static readonly uint[] Table = MakeTable();

    /// <summary>The check value of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) =>
        ~Update(Update(uint.MaxValue, first), second);

    static uint Update(uint state, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        return state;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
