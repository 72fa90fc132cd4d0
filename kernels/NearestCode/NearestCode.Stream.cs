using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCode
{
    /// <summary>
    /// One vector by eight vectors of codewords at a time: each is read once and waits for nothing but memory. A tile would
    /// compute the one vector six times.
    /// </summary>
    /// <returns>The first codeword that is left: less than eight vectors of them.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static int Stream<TLanes, TRanking, TVector>(in Frame frame, int end)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        float* source = frame.Source;
        nint dimensions = frame.Dimensions;
        nint stride = frame.PanelStride;
        int width = TLanes.Count;
        TVector scores = TLanes.Load(frame.Best.Scores), codes = TLanes.Load(frame.Best.Codes);

        int code = 0;
        for (; code + 8 * width <= end; code += 8 * width)
        {
            float* bias = frame.Bias + code;
            TVector a0 = TLanes.Load(bias), a1 = TLanes.Load(bias + width);
            TVector a2 = TLanes.Load(bias + 2 * width), a3 = TLanes.Load(bias + 3 * width);
            TVector a4 = TLanes.Load(bias + 4 * width), a5 = TLanes.Load(bias + 5 * width);
            TVector a6 = TLanes.Load(bias + 6 * width), a7 = TLanes.Load(bias + 7 * width);

            float* w0 = PanelAt(frame, code), w1 = Column<TLanes, TVector>(w0, 1, stride);
            float* w2 = Column<TLanes, TVector>(w0, 2, stride), w3 = Column<TLanes, TVector>(w0, 3, stride);
            float* w4 = Column<TLanes, TVector>(w0, 4, stride), w5 = Column<TLanes, TVector>(w0, 5, stride);
            float* w6 = Column<TLanes, TVector>(w0, 6, stride), w7 = Column<TLanes, TVector>(w0, 7, stride);
            for (nint i = 0; i < dimensions; i++)
            {
                TVector x = TLanes.Broadcast(source[i]);
                nint at = i * CodePanels.PanelWidth;
                a0 = TLanes.MultiplyAdd(x, TLanes.Load(w0 + at), a0);
                a1 = TLanes.MultiplyAdd(x, TLanes.Load(w1 + at), a1);
                a2 = TLanes.MultiplyAdd(x, TLanes.Load(w2 + at), a2);
                a3 = TLanes.MultiplyAdd(x, TLanes.Load(w3 + at), a3);
                a4 = TLanes.MultiplyAdd(x, TLanes.Load(w4 + at), a4);
                a5 = TLanes.MultiplyAdd(x, TLanes.Load(w5 + at), a5);
                a6 = TLanes.MultiplyAdd(x, TLanes.Load(w6 + at), a6);
                a7 = TLanes.MultiplyAdd(x, TLanes.Load(w7 + at), a7);
            }

            Keep<TLanes, TRanking, TVector>(a0, code, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a1, code + width, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a2, code + 2 * width, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a3, code + 3 * width, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a4, code + 4 * width, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a5, code + 5 * width, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a6, code + 6 * width, ref scores, ref codes);
            Keep<TLanes, TRanking, TVector>(a7, code + 7 * width, ref scores, ref codes);
        }

        TLanes.Store(scores, frame.Best.Scores);
        TLanes.Store(codes, frame.Best.Codes);
        return code;
    }

    /// <summary>A vector of codewords that many vectors after another which starts a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float* Column<TLanes, TVector>(float* panel, int column, nint panelStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int first = column * TLanes.Count;
        return panel + first / CodePanels.PanelWidth * panelStride + first % CodePanels.PanelWidth;
    }
}
