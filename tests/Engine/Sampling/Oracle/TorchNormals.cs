namespace Lacuna.Tests.Engine.Sampling;

/// <summary>
/// torch.randn of the CPU for at least 16 numbers, in double and by the platform's functions: near the right bits, not them.
/// </summary>
sealed class TorchNormals
{
    const int Size = 624, Shift = 397, Group = 16;

    readonly uint[] words = new uint[Size];
    int next = Size;

    public TorchNormals(uint seed)
    {
        words[0] = seed;
        for (uint i = 1; i < Size; i++)
        {
            words[i] = (1812433253 * (words[i - 1] ^ (words[i - 1] >> 30))) + i;
        }
    }

    /// <param name="count">A multiple of 16.</param>
    public float[] Next(int count)
    {
        float[] uniform = [.. Enumerable.Range(0, count).Select(_ => (Word() & 0xFF_FFFF) / (float)(1 << 24))];
        var normal = new float[count];
        for (int i = 0; i < count; i++)
        {
            int first = (i / Group * Group) + (i % (Group / 2));
            double radius = Math.Sqrt(-2 * Math.Log(1 - uniform[first])), angle = 2 * Math.PI * uniform[first + (Group / 2)];
            normal[i] = (float)(radius * (i % Group < Group / 2 ? Math.Cos(angle) : Math.Sin(angle)));
        }

        return normal;
    }

    uint Word()
    {
        if (next == Size)
        {
            for (int i = 0; i < Size; i++)
            {
                uint mixed = (words[i] & 0x8000_0000) | (words[(i + 1) % Size] & 0x7FFF_FFFF);
                words[i] = words[(i + Shift) % Size] ^ (mixed >> 1) ^ ((mixed & 1) * 0x9908_B0DF);
            }

            next = 0;
        }

        uint word = words[next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        return word ^ (word >> 18);
    }
}
