using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class DiffusionUpdate
{
    /// <summary>4 vectors of 4 elements at a time.</summary>
    static bool Vector128Portable(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data) =>
        Isa.HasFusedMultiplyAdd
            ? ByFormat<Lanes128, Vector128<float>>(weights, tensors, next, data)
            : Vector128WithoutFma(weights, tensors, next, data);

    /// <summary>What <see cref="Vector128Portable"/> is on a processor without fused multiply-add.</summary>
    internal static bool Vector128WithoutFma(
        in DiffusionWeights weights,
        in DiffusionTensors tensors,
        Span<float> next,
        Span<float> data) =>
        ByFormat<Lanes128WithoutFma, Vector128<float>>(weights, tensors, next, data);

    /// <summary>4 vectors of 8 elements at a time.</summary>
    static bool Avx2Quads(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data) =>
        ByFormat<Lanes256, Vector256<float>>(weights, tensors, next, data);

    /// <summary>4 vectors of 16 elements at a time.</summary>
    static bool Avx512Quads(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data) =>
        ByFormat<Lanes512, Vector512<float>>(weights, tensors, next, data);

    static bool ByFormat<TLanes, TVector>(in DiffusionWeights weights, in DiffusionTensors tensors, Span<float> next, Span<float> data)
        where TLanes : IArithmeticLanes<TVector>
        where TVector : unmanaged =>
        tensors.Format switch
        {
            NetworkFormat.Float16 => Sweep<TLanes, TVector, HalfOutput>(weights, tensors, next, data),
            NetworkFormat.BFloat16 => Sweep<TLanes, TVector, BFloat16Output>(weights, tensors, next, data),
            _ => Sweep<TLanes, TVector, FloatOutput>(weights, tensors, next, data),
        };

    /// <summary>How a vector of the network's numbers is read.</summary>
    interface IOutputFormat
    {
        static abstract TVector Load<TLanes, TVector>(byte* source, nint index)
            where TLanes : IArithmeticLanes<TVector>
            where TVector : unmanaged;
    }

    readonly struct FloatOutput : IOutputFormat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Load<TLanes, TVector>(byte* source, nint index)
            where TLanes : IArithmeticLanes<TVector>
            where TVector : unmanaged => TLanes.Load((float*)source + index);
    }

    readonly struct HalfOutput : IOutputFormat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Load<TLanes, TVector>(byte* source, nint index)
            where TLanes : IArithmeticLanes<TVector>
            where TVector : unmanaged => TLanes.LoadHalf((ushort*)source + index);
    }

    readonly struct BFloat16Output : IOutputFormat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Load<TLanes, TVector>(byte* source, nint index)
            where TLanes : IArithmeticLanes<TVector>
            where TVector : unmanaged => TLanes.LoadBFloat16((ushort*)source + index);
    }
}
