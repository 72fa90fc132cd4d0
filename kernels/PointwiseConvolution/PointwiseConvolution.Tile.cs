using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class PointwiseConvolution
{
    /// <summary>Rows of a tile. Fewer are computed as six, the last one several times, and stored once.</summary>
    const int TileRows = 6;

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
    /// Six pixels by two vectors of outputs; all sums stay in registers. Where there is one vector, it is computed twice and
    /// stored once, which costs no time: the loads are what is waited for.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void TileOfTwo<TLanes, TVector>(in Frame frame, int rows, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* weights = frame.Weights;
        nint step = columns == 1 ? 0 : ColumnStep<TLanes, TVector>(frame);
        nint biasStep = columns == 1 ? 0 : TLanes.Count;

        float* x0 = frame.Source;
        float* x1 = x0 + (rows > 1 ? frame.SourceStride : 0);
        float* x2 = x1 + (rows > 2 ? frame.SourceStride : 0);
        float* x3 = x2 + (rows > 3 ? frame.SourceStride : 0);
        float* x4 = x3 + (rows > 4 ? frame.SourceStride : 0);
        float* x5 = x4 + (rows > 5 ? frame.SourceStride : 0);

        TVector a0 = TLanes.Load(frame.Bias), b0 = a0, c0 = a0, d0 = a0, e0 = a0, f0 = a0;
        TVector a1 = TLanes.Load(frame.Bias + biasStep), b1 = a1, c1 = a1, d1 = a1, e1 = a1, f1 = a1;

        nint inputs = frame.Inputs;
        for (nint i = 0; i < inputs; i++)
        {
            TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + step);
            weights += PointwiseWeights.PanelWidth;

            TVector x = TLanes.Broadcast(x0[i]);
            a0 = TLanes.MultiplyAdd(x, w0, a0);
            a1 = TLanes.MultiplyAdd(x, w1, a1);

            x = TLanes.Broadcast(x1[i]);
            b0 = TLanes.MultiplyAdd(x, w0, b0);
            b1 = TLanes.MultiplyAdd(x, w1, b1);

            x = TLanes.Broadcast(x2[i]);
            c0 = TLanes.MultiplyAdd(x, w0, c0);
            c1 = TLanes.MultiplyAdd(x, w1, c1);

            x = TLanes.Broadcast(x3[i]);
            d0 = TLanes.MultiplyAdd(x, w0, d0);
            d1 = TLanes.MultiplyAdd(x, w1, d1);

            x = TLanes.Broadcast(x4[i]);
            e0 = TLanes.MultiplyAdd(x, w0, e0);
            e1 = TLanes.MultiplyAdd(x, w1, e1);

            x = TLanes.Broadcast(x5[i]);
            f0 = TLanes.MultiplyAdd(x, w0, f0);
            f1 = TLanes.MultiplyAdd(x, w1, f1);
        }

        StorePair<TLanes, TVector>(frame, rows, 0, 0, a0, a1, columns);
        StorePair<TLanes, TVector>(frame, rows, 1, 0, b0, b1, columns);
        StorePair<TLanes, TVector>(frame, rows, 2, 0, c0, c1, columns);
        StorePair<TLanes, TVector>(frame, rows, 3, 0, d0, d1, columns);
        StorePair<TLanes, TVector>(frame, rows, 4, 0, e0, e1, columns);
        StorePair<TLanes, TVector>(frame, rows, 5, 0, f0, f1, columns);
    }

    /// <summary>Six pixels by four vectors of outputs: for 32 registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void TileOfFour<TLanes, TVector>(in Frame frame, int rows)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* weights = frame.Weights;
        nint step = ColumnStep<TLanes, TVector>(frame);

        float* x0 = frame.Source;
        float* x1 = x0 + (rows > 1 ? frame.SourceStride : 0);
        float* x2 = x1 + (rows > 2 ? frame.SourceStride : 0);
        float* x3 = x2 + (rows > 3 ? frame.SourceStride : 0);
        float* x4 = x3 + (rows > 4 ? frame.SourceStride : 0);
        float* x5 = x4 + (rows > 5 ? frame.SourceStride : 0);

        TVector a0 = TLanes.Load(frame.Bias), b0 = a0, c0 = a0, d0 = a0, e0 = a0, f0 = a0;
        TVector a1 = TLanes.Load(frame.Bias + TLanes.Count), b1 = a1, c1 = a1, d1 = a1, e1 = a1, f1 = a1;
        TVector a2 = TLanes.Load(frame.Bias + 2 * TLanes.Count), b2 = a2, c2 = a2, d2 = a2, e2 = a2, f2 = a2;
        TVector a3 = TLanes.Load(frame.Bias + 3 * TLanes.Count), b3 = a3, c3 = a3, d3 = a3, e3 = a3, f3 = a3;

        nint inputs = frame.Inputs;
        for (nint i = 0; i < inputs; i++)
        {
            TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + step);
            TVector w2 = TLanes.Load(weights + 2 * step), w3 = TLanes.Load(weights + 3 * step);
            weights += PointwiseWeights.PanelWidth;

            TVector x = TLanes.Broadcast(x0[i]);
            a0 = TLanes.MultiplyAdd(x, w0, a0);
            a1 = TLanes.MultiplyAdd(x, w1, a1);
            a2 = TLanes.MultiplyAdd(x, w2, a2);
            a3 = TLanes.MultiplyAdd(x, w3, a3);

            x = TLanes.Broadcast(x1[i]);
            b0 = TLanes.MultiplyAdd(x, w0, b0);
            b1 = TLanes.MultiplyAdd(x, w1, b1);
            b2 = TLanes.MultiplyAdd(x, w2, b2);
            b3 = TLanes.MultiplyAdd(x, w3, b3);

            x = TLanes.Broadcast(x2[i]);
            c0 = TLanes.MultiplyAdd(x, w0, c0);
            c1 = TLanes.MultiplyAdd(x, w1, c1);
            c2 = TLanes.MultiplyAdd(x, w2, c2);
            c3 = TLanes.MultiplyAdd(x, w3, c3);

            x = TLanes.Broadcast(x3[i]);
            d0 = TLanes.MultiplyAdd(x, w0, d0);
            d1 = TLanes.MultiplyAdd(x, w1, d1);
            d2 = TLanes.MultiplyAdd(x, w2, d2);
            d3 = TLanes.MultiplyAdd(x, w3, d3);

            x = TLanes.Broadcast(x4[i]);
            e0 = TLanes.MultiplyAdd(x, w0, e0);
            e1 = TLanes.MultiplyAdd(x, w1, e1);
            e2 = TLanes.MultiplyAdd(x, w2, e2);
            e3 = TLanes.MultiplyAdd(x, w3, e3);

            x = TLanes.Broadcast(x5[i]);
            f0 = TLanes.MultiplyAdd(x, w0, f0);
            f1 = TLanes.MultiplyAdd(x, w1, f1);
            f2 = TLanes.MultiplyAdd(x, w2, f2);
            f3 = TLanes.MultiplyAdd(x, w3, f3);
        }

        StorePair<TLanes, TVector>(frame, rows, 0, 0, a0, a1, 2);
        StorePair<TLanes, TVector>(frame, rows, 0, 2 * TLanes.Count, a2, a3, 2);
        StorePair<TLanes, TVector>(frame, rows, 1, 0, b0, b1, 2);
        StorePair<TLanes, TVector>(frame, rows, 1, 2 * TLanes.Count, b2, b3, 2);
        StorePair<TLanes, TVector>(frame, rows, 2, 0, c0, c1, 2);
        StorePair<TLanes, TVector>(frame, rows, 2, 2 * TLanes.Count, c2, c3, 2);
        StorePair<TLanes, TVector>(frame, rows, 3, 0, d0, d1, 2);
        StorePair<TLanes, TVector>(frame, rows, 3, 2 * TLanes.Count, d2, d3, 2);
        StorePair<TLanes, TVector>(frame, rows, 4, 0, e0, e1, 2);
        StorePair<TLanes, TVector>(frame, rows, 4, 2 * TLanes.Count, e2, e3, 2);
        StorePair<TLanes, TVector>(frame, rows, 5, 0, f0, f1, 2);
        StorePair<TLanes, TVector>(frame, rows, 5, 2 * TLanes.Count, f2, f3, 2);
    }

    /// <summary>
    /// From one vector of weights to the next: in the neighbouring panel where a vector fills a panel, in the same one else.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint ColumnStep<TLanes, TVector>(in Frame frame)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged =>
        TLanes.Count == PointwiseWeights.PanelWidth ? frame.PanelStride : TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StorePair<TLanes, TVector>(in Frame frame, int rows, int row, nint output, TVector first, TVector second, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        if (row >= rows)
        {
            return;
        }

        float* destination = frame.Destination + row * frame.DestinationStride + output;
        float* residual = frame.Residual == null ? null : frame.Residual + row * frame.ResidualStride + output;
        TVector slope = TLanes.Broadcast(frame.Slope);
        StoreVector<TLanes, TVector>(destination, residual, first, slope);
        if (columns > 1)
        {
            StoreVector<TLanes, TVector>(destination + TLanes.Count, residual == null ? null : residual + TLanes.Count, second, slope);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreVector<TLanes, TVector>(float* destination, float* residual, TVector sum, TVector slope)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector result = TLanes.Leaky(sum, slope);
        TLanes.Store(residual == null ? result : TLanes.Add(TLanes.Load(residual), result), destination);
    }
}
