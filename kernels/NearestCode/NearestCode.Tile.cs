using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCode
{
    /// <summary>Vectors of a tile. Fewer are searched as six, the last one several times.</summary>
    const int TileRows = 6;

    /// <summary>Where a tile reads and writes.</summary>
    struct Frame
    {
        public float* Source;
        public nint SourceStride; // in floats
        public float* Panels;
        public nint PanelStride; // in floats
        public float* Bias;
        public nint Dimensions;
        public Leaders Best;
    }

    /// <summary>Six vectors by one vector of codewords, for codewords <paramref name="first"/> to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void TilesOfOne<TLanes, TRanking, TVector>(in Frame frame, int rows, int first, int end)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        float* x0 = frame.Source;
        float* x1 = x0 + (rows > 1 ? frame.SourceStride : 0);
        float* x2 = x1 + (rows > 2 ? frame.SourceStride : 0);
        float* x3 = x2 + (rows > 3 ? frame.SourceStride : 0);
        float* x4 = x3 + (rows > 4 ? frame.SourceStride : 0);
        float* x5 = x4 + (rows > 5 ? frame.SourceStride : 0);
        nint dimensions = frame.Dimensions;
        Leaders best = frame.Best;

        for (int code = first; code < end; code += TLanes.Count)
        {
            float* weights = PanelAt(frame, code);
            float* bias = frame.Bias + code;
            TVector a0 = TLanes.Load(bias), b0 = a0, c0 = a0, d0 = a0, e0 = a0, f0 = a0;

            for (nint i = 0; i < dimensions; i++)
            {
                TVector w0 = TLanes.Load(weights);
                weights += CodePanels.PanelWidth;

                TVector x = TLanes.Broadcast(x0[i]);
                a0 = TLanes.MultiplyAdd(x, w0, a0);

                x = TLanes.Broadcast(x1[i]);
                b0 = TLanes.MultiplyAdd(x, w0, b0);

                x = TLanes.Broadcast(x2[i]);
                c0 = TLanes.MultiplyAdd(x, w0, c0);

                x = TLanes.Broadcast(x3[i]);
                d0 = TLanes.MultiplyAdd(x, w0, d0);

                x = TLanes.Broadcast(x4[i]);
                e0 = TLanes.MultiplyAdd(x, w0, e0);

                x = TLanes.Broadcast(x5[i]);
                f0 = TLanes.MultiplyAdd(x, w0, f0);
            }

            Keep<TLanes, TRanking, TVector>(best, 0, code, a0);
            Keep<TLanes, TRanking, TVector>(best, 1, code, b0);
            Keep<TLanes, TRanking, TVector>(best, 2, code, c0);
            Keep<TLanes, TRanking, TVector>(best, 3, code, d0);
            Keep<TLanes, TRanking, TVector>(best, 4, code, e0);
            Keep<TLanes, TRanking, TVector>(best, 5, code, f0);
        }
    }

    /// <summary>Six vectors by two vectors of codewords; all sums of a tile stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void TilesOfTwo<TLanes, TRanking, TVector>(in Frame frame, int rows, int first, int end)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        float* x0 = frame.Source;
        float* x1 = x0 + (rows > 1 ? frame.SourceStride : 0);
        float* x2 = x1 + (rows > 2 ? frame.SourceStride : 0);
        float* x3 = x2 + (rows > 3 ? frame.SourceStride : 0);
        float* x4 = x3 + (rows > 4 ? frame.SourceStride : 0);
        float* x5 = x4 + (rows > 5 ? frame.SourceStride : 0);
        nint dimensions = frame.Dimensions;
        nint step = ColumnStep<TLanes, TVector>(frame);
        Leaders best = frame.Best;

        for (int code = first; code < end; code += 2 * TLanes.Count)
        {
            float* weights = PanelAt(frame, code);
            float* bias = frame.Bias + code;
            TVector a0 = TLanes.Load(bias), b0 = a0, c0 = a0, d0 = a0, e0 = a0, f0 = a0;
            TVector a1 = TLanes.Load(bias + TLanes.Count), b1 = a1, c1 = a1, d1 = a1, e1 = a1, f1 = a1;

            for (nint i = 0; i < dimensions; i++)
            {
                TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + step);
                weights += CodePanels.PanelWidth;

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

            Keep<TLanes, TRanking, TVector>(best, 0, code, a0, a1);
            Keep<TLanes, TRanking, TVector>(best, 1, code, b0, b1);
            Keep<TLanes, TRanking, TVector>(best, 2, code, c0, c1);
            Keep<TLanes, TRanking, TVector>(best, 3, code, d0, d1);
            Keep<TLanes, TRanking, TVector>(best, 4, code, e0, e1);
            Keep<TLanes, TRanking, TVector>(best, 5, code, f0, f1);
        }
    }

    /// <summary>Six vectors by four vectors of codewords, where there are 32 registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void TilesOfFour<TLanes, TRanking, TVector>(in Frame frame, int rows, int first, int end)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        float* x0 = frame.Source;
        float* x1 = x0 + (rows > 1 ? frame.SourceStride : 0);
        float* x2 = x1 + (rows > 2 ? frame.SourceStride : 0);
        float* x3 = x2 + (rows > 3 ? frame.SourceStride : 0);
        float* x4 = x3 + (rows > 4 ? frame.SourceStride : 0);
        float* x5 = x4 + (rows > 5 ? frame.SourceStride : 0);
        nint dimensions = frame.Dimensions;
        nint step = ColumnStep<TLanes, TVector>(frame);
        Leaders best = frame.Best;

        for (int code = first; code < end; code += 4 * TLanes.Count)
        {
            float* weights = PanelAt(frame, code);
            float* bias = frame.Bias + code;
            TVector a0 = TLanes.Load(bias), b0 = a0, c0 = a0, d0 = a0, e0 = a0, f0 = a0;
            TVector a1 = TLanes.Load(bias + TLanes.Count), b1 = a1, c1 = a1, d1 = a1, e1 = a1, f1 = a1;
            TVector a2 = TLanes.Load(bias + 2 * TLanes.Count), b2 = a2, c2 = a2, d2 = a2, e2 = a2, f2 = a2;
            TVector a3 = TLanes.Load(bias + 3 * TLanes.Count), b3 = a3, c3 = a3, d3 = a3, e3 = a3, f3 = a3;

            for (nint i = 0; i < dimensions; i++)
            {
                TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + step);
                TVector w2 = TLanes.Load(weights + 2 * step), w3 = TLanes.Load(weights + 3 * step);
                weights += CodePanels.PanelWidth;

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

            Keep<TLanes, TRanking, TVector>(best, 0, code, a0, a1, a2, a3);
            Keep<TLanes, TRanking, TVector>(best, 1, code, b0, b1, b2, b3);
            Keep<TLanes, TRanking, TVector>(best, 2, code, c0, c1, c2, c3);
            Keep<TLanes, TRanking, TVector>(best, 3, code, d0, d1, d2, d3);
            Keep<TLanes, TRanking, TVector>(best, 4, code, e0, e1, e2, e3);
            Keep<TLanes, TRanking, TVector>(best, 5, code, f0, f1, f2, f3);
        }
    }

    /// <summary>
    /// From one vector of codewords to the next: in the neighbouring panel where a vector fills a panel, in the same one else.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint ColumnStep<TLanes, TVector>(in Frame frame)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged =>
        TLanes.Count == CodePanels.PanelWidth ? frame.PanelStride : TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float* PanelAt(in Frame frame, int code) =>
        frame.Panels + code / CodePanels.PanelWidth * frame.PanelStride + code % CodePanels.PanelWidth;
}
