using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class BoxMuller
{
    static void Vector128Portable(ReadOnlySpan<uint> words, Span<float> normals)
    {
        if (Isa.HasFusedMultiplyAdd)
        {
            Groups<Lanes128, WordLanes128, Vector128<float>, Vector128<uint>>(words, normals);
        }
        else
        {
            Vector128WithoutFma(words, normals);
        }
    }

    /// <summary>What <see cref="Vector128Portable"/> is on a processor without fused multiply-add.</summary>
    internal static void Vector128WithoutFma(ReadOnlySpan<uint> words, Span<float> normals) =>
        Groups<Lanes128WithoutFma, WordLanes128, Vector128<float>, Vector128<uint>>(words, normals);

    static void Avx2Groups(ReadOnlySpan<uint> words, Span<float> normals) =>
        Groups<Lanes256, WordLanes256, Vector256<float>, Vector256<uint>>(words, normals);

    /// <summary>Two groups at a time: their first halves in one vector, their second halves in another.</summary>
    static void Avx512Groups(ReadOnlySpan<uint> words, Span<float> normals)
    {
        int paired = words.Length & -(2 * Group);
        fixed (uint* source = words)
        fixed (float* destination = normals)
        {
            for (int at = 0; at < paired; at += 2 * Group)
            {
                uint* first = source + at;
                Vector512<uint> x = Joined(first, first + Group);
                Vector512<uint> y = Joined(first + Group / 2, first + Group + Group / 2);
                (Vector512<float> cosine, Vector512<float> sine) = Pairs<Lanes512, WordLanes512, Vector512<float>, Vector512<uint>>(x, y);
                float* target = destination + at;
                cosine.GetLower().Store(target);
                sine.GetLower().Store(target + Group / 2);
                cosine.GetUpper().Store(target + Group);
                sine.GetUpper().Store(target + Group + Group / 2);
            }
        }

        Avx2Groups(words[paired..], normals[paired..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Joined(uint* lower, uint* upper) =>
        Vector256.Load(lower).ToVector512Unsafe().WithUpper(Vector256.Load(upper));

    static void Groups<TLanes, TWordLanes, TVector, TWords>(ReadOnlySpan<uint> words, Span<float> normals)
        where TLanes : ILanes<TVector>
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        fixed (uint* source = words)
        fixed (float* destination = normals)
        {
            for (int group = 0; group < words.Length; group += Group)
            {
                for (int j = group; j < group + Group / 2; j += TLanes.Count)
                {
                    (TVector cosine, TVector sine) = Pairs<TLanes, TWordLanes, TVector, TWords>(
                        TWordLanes.LoadWords(source + j), TWordLanes.LoadWords(source + j + Group / 2));
                    TLanes.Store(cosine, destination + j);
                    TLanes.Store(sine, destination + j + Group / 2);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (TVector Cosine, TVector Sine) Pairs<TLanes, TWordLanes, TVector, TWords>(TWords x, TWords y)
        where TLanes : ILanes<TVector>
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        TVector one = TLanes.Broadcast(1f), zero = TLanes.Broadcast(0f);

        // 1 - u is exact: both are multiples of 2^-24. So one fma gives the bits of a product and a difference.
        TVector complement = TLanes.MultiplyAdd(Uniform24<TWordLanes, TVector, TWords>(x), TLanes.Broadcast(-UniformScale), one);
        TVector log = LaneMath<TLanes, TWordLanes, TVector, TWords>.Log(complement);
        TVector radius = TWordLanes.SquareRoot(TWordLanes.Multiply(log, TLanes.Broadcast(-2f)));

        // The scale is a power of two: it commutes with the rounding of the product with 2 pi.
        TVector angle = TWordLanes.Multiply(Uniform24<TWordLanes, TVector, TWords>(y), TLanes.Broadcast(TwoPi * UniformScale));
        (TVector sine, TVector cosine) = LaneMath<TLanes, TWordLanes, TVector, TWords>.SinCos(angle);
        return (TLanes.Add(TWordLanes.Multiply(radius, cosine), zero), TLanes.Add(TWordLanes.Multiply(radius, sine), zero));
    }

    /// <summary>The lowest 24 bits, as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Uniform24<TWordLanes, TVector, TWords>(TWords words)
        where TWordLanes : IWordLanes<TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged =>
        TWordLanes.ToFloats(TWordLanes.And(words, TWordLanes.Broadcast(UniformMask)));
}
