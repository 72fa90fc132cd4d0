using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class PointwiseConvolution
{
    /// <summary>Rows of a tile. Fewer are computed as six, the last one several times, and stored once.</summary>
    const int TileRows = 6;

    /// <summary>Vectors in a row of a tile, as a constant that the compiler sees.</summary>
    interface IColumns
    {
        static abstract int Count { get; }
    }

    readonly struct OneColumn : IColumns
    {
        public static int Count => 1;
    }

    readonly struct TwoColumns : IColumns
    {
        public static int Count => 2;
    }

    readonly struct FourColumns : IColumns
    {
        public static int Count => 4;
    }

    /// <summary>Where a tile reads and writes. Strides are in floats.</summary>
    struct Frame
    {
        public float* Source;
        public nint SourceStride;
        public float* Weights;
        public nint PanelStride;
        public float* Bias;
        public nint Inputs;
        public float* Residual; // null for none
        public nint ResidualStride;
        public float* Destination;
        public nint DestinationStride;
        public float Slope; // 1 where there is no activation: multiplying by it changes no bit
    }

    /// <summary>
    /// Six pixels by one to four vectors of outputs; all sums stay in registers. A vector as wide as a panel takes its
    /// columns from neighbouring panels, a narrower one from the same panel.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Tile<TLanes, TVector, TColumns>(in Frame frame, int rows)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
        where TColumns : struct, IColumns
    {
        float* weights = frame.Weights;
        nint step = TLanes.Count == PointwiseWeights.PanelWidth ? frame.PanelStride : TLanes.Count;
        float* bias = frame.Bias;
        nint biasStep = TLanes.Count;

        float* x0 = frame.Source;
        nint stride = frame.SourceStride;
        float* x1 = x0 + (rows > 1 ? stride : 0);
        float* x2 = x1 + (rows > 2 ? stride : 0);
        float* x3 = x2 + (rows > 3 ? stride : 0);
        float* x4 = x3 + (rows > 4 ? stride : 0);
        float* x5 = x4 + (rows > 5 ? stride : 0);

        bool two = TColumns.Count > 1, four = TColumns.Count > 2;
        TVector a0 = TLanes.Load(bias), b0 = a0, c0 = a0, d0 = a0, e0 = a0, f0 = a0;
        TVector a1 = two ? TLanes.Load(bias + biasStep) : a0, b1 = a1, c1 = a1, d1 = a1, e1 = a1, f1 = a1;
        TVector a2 = four ? TLanes.Load(bias + 2 * biasStep) : a0, b2 = a2, c2 = a2, d2 = a2, e2 = a2, f2 = a2;
        TVector a3 = four ? TLanes.Load(bias + 3 * biasStep) : a0, b3 = a3, c3 = a3, d3 = a3, e3 = a3, f3 = a3;

        nint inputs = frame.Inputs;
        for (nint i = 0; i < inputs; i++)
        {
            TVector w0 = TLanes.Load(weights);
            TVector w1 = two ? TLanes.Load(weights + step) : w0;
            TVector w2 = four ? TLanes.Load(weights + 2 * step) : w0;
            TVector w3 = four ? TLanes.Load(weights + 3 * step) : w0;
            weights += PointwiseWeights.PanelWidth;

            TVector x = TLanes.Broadcast(x0[i]);
            a0 = TLanes.MultiplyAdd(x, w0, a0);
            a1 = two ? TLanes.MultiplyAdd(x, w1, a1) : a1;
            a2 = four ? TLanes.MultiplyAdd(x, w2, a2) : a2;
            a3 = four ? TLanes.MultiplyAdd(x, w3, a3) : a3;

            x = TLanes.Broadcast(x1[i]);
            b0 = TLanes.MultiplyAdd(x, w0, b0);
            b1 = two ? TLanes.MultiplyAdd(x, w1, b1) : b1;
            b2 = four ? TLanes.MultiplyAdd(x, w2, b2) : b2;
            b3 = four ? TLanes.MultiplyAdd(x, w3, b3) : b3;

            x = TLanes.Broadcast(x2[i]);
            c0 = TLanes.MultiplyAdd(x, w0, c0);
            c1 = two ? TLanes.MultiplyAdd(x, w1, c1) : c1;
            c2 = four ? TLanes.MultiplyAdd(x, w2, c2) : c2;
            c3 = four ? TLanes.MultiplyAdd(x, w3, c3) : c3;

            x = TLanes.Broadcast(x3[i]);
            d0 = TLanes.MultiplyAdd(x, w0, d0);
            d1 = two ? TLanes.MultiplyAdd(x, w1, d1) : d1;
            d2 = four ? TLanes.MultiplyAdd(x, w2, d2) : d2;
            d3 = four ? TLanes.MultiplyAdd(x, w3, d3) : d3;

            x = TLanes.Broadcast(x4[i]);
            e0 = TLanes.MultiplyAdd(x, w0, e0);
            e1 = two ? TLanes.MultiplyAdd(x, w1, e1) : e1;
            e2 = four ? TLanes.MultiplyAdd(x, w2, e2) : e2;
            e3 = four ? TLanes.MultiplyAdd(x, w3, e3) : e3;

            x = TLanes.Broadcast(x5[i]);
            f0 = TLanes.MultiplyAdd(x, w0, f0);
            f1 = two ? TLanes.MultiplyAdd(x, w1, f1) : f1;
            f2 = four ? TLanes.MultiplyAdd(x, w2, f2) : f2;
            f3 = four ? TLanes.MultiplyAdd(x, w3, f3) : f3;
        }

        StoreRow<TLanes, TVector, TColumns>(frame, 0, a0, a1, a2, a3);
        if (rows > 1)
        {
            StoreRow<TLanes, TVector, TColumns>(frame, 1, b0, b1, b2, b3);
        }

        if (rows > 2)
        {
            StoreRow<TLanes, TVector, TColumns>(frame, 2, c0, c1, c2, c3);
        }

        if (rows > 3)
        {
            StoreRow<TLanes, TVector, TColumns>(frame, 3, d0, d1, d2, d3);
        }

        if (rows > 4)
        {
            StoreRow<TLanes, TVector, TColumns>(frame, 4, e0, e1, e2, e3);
        }

        if (rows > 5)
        {
            StoreRow<TLanes, TVector, TColumns>(frame, 5, f0, f1, f2, f3);
        }

    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreRow<TLanes, TVector, TColumns>(in Frame frame, int row, TVector v0, TVector v1, TVector v2, TVector v3)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
        where TColumns : struct, IColumns
    {
        float* destination = frame.Destination + row * frame.DestinationStride;
        float* residual = frame.Residual == null ? null : frame.Residual + row * frame.ResidualStride;
        TVector slope = TLanes.Broadcast(frame.Slope);
        StoreVector<TLanes, TVector>(destination, residual, 0, v0, slope);
        if (TColumns.Count > 1)
        {
            StoreVector<TLanes, TVector>(destination, residual, TLanes.Count, v1, slope);
        }

        if (TColumns.Count > 2)
        {
            StoreVector<TLanes, TVector>(destination, residual, 2 * TLanes.Count, v2, slope);
            StoreVector<TLanes, TVector>(destination, residual, 3 * TLanes.Count, v3, slope);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreVector<TLanes, TVector>(float* destination, float* residual, nint at, TVector sum, TVector slope)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector result = TLanes.Leaky(sum, slope);
        if (residual != null)
        {
            result = TLanes.Add(TLanes.Load(residual + at), result);
        }

        TLanes.Store(result, destination + at);
    }
}
