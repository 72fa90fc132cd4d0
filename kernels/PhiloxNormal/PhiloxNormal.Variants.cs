using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class PhiloxNormal
{
    static void Vector128Portable(in NoiseStream stream, ulong first, Span<float> destination)
    {
        if (Isa.HasFusedMultiplyAdd)
        {
            Fill<Lanes128, WordLanes128, Vector128<float>, Vector128<uint>>(stream, first, destination);
        }
        else
        {
            Vector128WithoutFma(stream, first, destination);
        }
    }

    /// <summary>What <see cref="Vector128Portable"/> is on a processor without fused multiply-add.</summary>
    internal static void Vector128WithoutFma(in NoiseStream stream, ulong first, Span<float> destination) =>
        Fill<Lanes128WithoutFma, WordLanes128, Vector128<float>, Vector128<uint>>(stream, first, destination);

    static void Avx2Blocks(in NoiseStream stream, ulong first, Span<float> destination) =>
        Fill<Lanes256, WordLanes256, Vector256<float>, Vector256<uint>>(stream, first, destination);

    static void Avx512Blocks(in NoiseStream stream, ulong first, Span<float> destination) =>
        Fill<Lanes512, WordLanes512, Vector512<float>, Vector512<uint>>(stream, first, destination);

    /// <summary>Whole groups of as many blocks as a vector has lanes.</summary>
    /// <remarks>What does not start or end with a group is copied out of one that lies aside.</remarks>
    static void Fill<TLanes, TWordLanes, TVector, TWords>(in NoiseStream stream, ulong first, Span<float> destination)
        where TLanes : ILanes<TVector>
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        int group = 4 * TLanes.Count;
        ulong block = first / 4;
        int skip = (int)(first % 4);
        float* aside = stackalloc float[group];
        fixed (float* start = destination)
        {
            float* at = start;
            float* end = start + destination.Length;
            if (skip > 0 && at < end)
            {
                Groups<TLanes, TWordLanes, TVector, TWords>(stream, block, 1, aside);
                int count = (int)Math.Min(group - skip, end - at);
                new ReadOnlySpan<float>(aside + skip, count).CopyTo(new Span<float>(at, count));
                at += count;
                block += (ulong)TLanes.Count;
            }

            int groups = (int)((end - at) / group);
            Groups<TLanes, TWordLanes, TVector, TWords>(stream, block, groups, at);
            at += groups * group;
            block += (ulong)groups * (ulong)TLanes.Count;
            if (at < end)
            {
                Groups<TLanes, TWordLanes, TVector, TWords>(stream, block, 1, aside);
                int count = (int)(end - at);
                new ReadOnlySpan<float>(aside, count).CopyTo(new Span<float>(at, count));
            }
        }
    }

    /// <summary>A vector's lane holds one block, so that a group is one vector of each of the block's words.</summary>
    /// <remarks>
    /// The rounds work on 64-bit lanes, of which the lower word counts: a product's lower half is where the next round looks for it.
    /// Two vectors of such lanes, the group's even and odd blocks, run side by side.
    /// </remarks>
    static void Groups<TLanes, TWordLanes, TVector, TWords>(in NoiseStream stream, ulong block, int groups, float* destination)
        where TLanes : ILanes<TVector>
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        int lanes = TLanes.Count;
        ulong* places = stackalloc ulong[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            // Where StoreFours puts a lane's four elements; even lanes first, then the odd ones.
            places[(lane & 1) * lanes / 2 + lane / 2] = (ulong)(lane % 4 * (lanes / 4) + lane / 4);
        }

        TWords start = TWordLanes.BroadcastWide(block);
        TWords even = TWordLanes.AddWide(start, TWordLanes.LoadWords((uint*)places));
        TWords odd = TWordLanes.AddWide(start, TWordLanes.LoadWords((uint*)(places + lanes / 2)));
        TWords step = TWordLanes.BroadcastWide(stream.Step), draw = TWordLanes.BroadcastWide(stream.Draw);
        TWords key0 = TWordLanes.BroadcastWide((uint)stream.Seed), key1 = TWordLanes.BroadcastWide(stream.Seed >> 32);
        TWords advance = TWordLanes.BroadcastWide((ulong)lanes);

        for (float* end = destination + (long)groups * 4 * lanes; destination < end; destination += 4 * lanes)
        {
            TWords a0 = even, a1 = TWordLanes.ShiftRightWide(even, 32), a2 = step, a3 = draw;
            TWords b0 = odd, b1 = TWordLanes.ShiftRightWide(odd, 32), b2 = step, b3 = draw;
            TWords round0 = key0, round1 = key1;
            for (int round = 0; round < Philox.Rounds; round++)
            {
                Round<TWordLanes, TVector, TWords>(ref a0, ref a1, ref a2, ref a3, round0, round1);
                Round<TWordLanes, TVector, TWords>(ref b0, ref b1, ref b2, ref b3, round0, round1);
                round0 = TWordLanes.AddWide(round0, TWordLanes.BroadcastWide(Philox.Weyl0));
                round1 = TWordLanes.AddWide(round1, TWordLanes.BroadcastWide(Philox.Weyl1));
            }

            (TVector z0, TVector z1) = Pairs<TLanes, TWordLanes, TVector, TWords>(
                Merge<TWordLanes, TVector, TWords>(a0, b0), Merge<TWordLanes, TVector, TWords>(a1, b1));
            (TVector z2, TVector z3) = Pairs<TLanes, TWordLanes, TVector, TWords>(
                Merge<TWordLanes, TVector, TWords>(a2, b2), Merge<TWordLanes, TVector, TWords>(a3, b3));
            TWordLanes.StoreFours(z0, z1, z2, z3, destination);
            even = TWordLanes.AddWide(even, advance);
            odd = TWordLanes.AddWide(odd, advance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Round<TWordLanes, TVector, TWords>(ref TWords c0, ref TWords c1, ref TWords c2, ref TWords c3, TWords key0, TWords key1)
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        TWords product0 = TWordLanes.MultiplyWide(c0, TWordLanes.BroadcastWide(Philox.Multiplier0));
        TWords product2 = TWordLanes.MultiplyWide(c2, TWordLanes.BroadcastWide(Philox.Multiplier2));
        c0 = TWordLanes.Xor(TWordLanes.Xor(TWordLanes.ShiftRightWide(product2, 32), c1), key0);
        c2 = TWordLanes.Xor(TWordLanes.Xor(TWordLanes.ShiftRightWide(product0, 32), c3), key1);
        c1 = product2;
        c3 = product0;
    }

    /// <summary>The lower words of both, in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TWords Merge<TWordLanes, TVector, TWords>(TWords even, TWords odd)
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged =>
        TWordLanes.Or(TWordLanes.And(even, TWordLanes.BroadcastWide(uint.MaxValue)), TWordLanes.ShiftLeftWide(odd, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (TVector First, TVector Second) Pairs<TLanes, TWordLanes, TVector, TWords>(TWords x, TWords y)
        where TLanes : ILanes<TVector>
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        TVector u = TWordLanes.ToFloats(TWordLanes.ShiftRight(x, 1));
        u = TLanes.MultiplyAdd(u, TLanes.Broadcast(UniformScale), TLanes.Broadcast(UniformShift));
        TVector log = LaneMath<TLanes, TWordLanes, TVector, TWords>.Log(u);
        TVector radius = TWordLanes.SquareRoot(TWordLanes.Multiply(log, TLanes.Broadcast(-2f)));
        TVector rest = TWordLanes.Multiply(TWordLanes.ToFloats(TWordLanes.ShiftLeft(y, 2)), TLanes.Broadcast(RestScale));
        TWords octant = TWordLanes.Add(TWordLanes.ShiftRight(y, 29), TWordLanes.Broadcast(1));
        octant = TWordLanes.And(octant, TWordLanes.Broadcast(~1u));
        (TVector sine, TVector cosine) = LaneMath<TLanes, TWordLanes, TVector, TWords>.SinCosFrom(octant, rest);
        return (TWordLanes.Multiply(radius, cosine), TWordLanes.Multiply(radius, sine));
    }
}
