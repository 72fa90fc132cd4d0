using System.Buffers.Binary;
using System.Numerics;

namespace Lacuna.Bits;

/// <summary>SHA-256, which names models: the runtime's own would load OpenSSL into the host.</summary>
/// <remarks>Source: FIPS 180-4, section 6.2.</remarks>
static class Sha256
{
    const int BlockBytes = 64;
    const int HashBytes = 32;

    static ReadOnlySpan<uint> Rounds =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The hash of some bytes, 32 of them.</summary>
    public static unsafe byte[] Hash(byte* data, long length)
    {
        Span<uint> state =
        [
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
        ];
        long whole = length / BlockBytes * BlockBytes;
        for (long at = 0; at < whole; at += BlockBytes)
        {
            Add(state, new ReadOnlySpan<byte>(data + at, BlockBytes));
        }

        var left = (int)(length - whole);
        Span<byte> end = stackalloc byte[2 * BlockBytes];
        end.Clear();
        new ReadOnlySpan<byte>(data + whole, left).CopyTo(end);
        end[left] = 0x80;
        end = end[..(left < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes)];
        BinaryPrimitives.WriteInt64BigEndian(end[^sizeof(ulong)..], 8 * length);
        for (; !end.IsEmpty; end = end[BlockBytes..])
        {
            Add(state, end[..BlockBytes]);
        }

        var hash = new byte[HashBytes];
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(sizeof(uint) * i), state[i]);
        }

        return hash;
    }

    static void Add(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int t = 0; t < 16; t++)
        {
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(sizeof(uint) * t)..]);
        }

        for (int t = 16; t < w.Length; t++)
        {
            w[t] = Small(w[t - 2], 17, 19, 10) + w[t - 7] + Small(w[t - 15], 7, 18, 3) + w[t - 16];
        }

        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int t = 0; t < w.Length; t++)
        {
            uint first = h + Large(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + Rounds[t] + w[t];
            uint second = Large(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> sum = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < sum.Length; i++)
        {
            state[i] += sum[i];
        }
    }

    static uint Large(uint x, int r, int s, int t) =>
        BitOperations.RotateRight(x, r) ^ BitOperations.RotateRight(x, s) ^ BitOperations.RotateRight(x, t);

    static uint Small(uint x, int r, int s, int shift) => BitOperations.RotateRight(x, r) ^ BitOperations.RotateRight(x, s) ^ (x >> shift);
}
