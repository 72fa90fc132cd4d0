using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCode
{
    /// <summary>Floats from one row of lanes to the next: a cache line, whatever the lanes.</summary>
    const int Line = CodePanels.PanelWidth;

    /// <summary>The greatest scores so far, a vector of lanes for each row, and the codes they are from.</summary>
    struct Leaders
    {
        public float* Scores; // [rows, Line], the first lanes in use
        public float* Codes; // the same; bits of integers
    }

    /// <summary>Keeps what is greater of a row's new scores, in the order of their codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Keep<TLanes, TRanking, TVector>(in Leaders best, nint row, int code, TVector first)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        TVector scores = TLanes.Load(best.Scores + row * Line), codes = TLanes.Load(best.Codes + row * Line);
        Keep<TLanes, TRanking, TVector>(first, code, ref scores, ref codes);
        TLanes.Store(scores, best.Scores + row * Line);
        TLanes.Store(codes, best.Codes + row * Line);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Keep<TLanes, TRanking, TVector>(in Leaders best, nint row, int code, TVector first, TVector second)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        TVector scores = TLanes.Load(best.Scores + row * Line), codes = TLanes.Load(best.Codes + row * Line);
        Keep<TLanes, TRanking, TVector>(first, code, ref scores, ref codes);
        Keep<TLanes, TRanking, TVector>(second, code + TLanes.Count, ref scores, ref codes);
        TLanes.Store(scores, best.Scores + row * Line);
        TLanes.Store(codes, best.Codes + row * Line);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Keep<TLanes, TRanking, TVector>(
        in Leaders best, nint row, int code, TVector first, TVector second, TVector third, TVector fourth)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        TVector scores = TLanes.Load(best.Scores + row * Line), codes = TLanes.Load(best.Codes + row * Line);
        Keep<TLanes, TRanking, TVector>(first, code, ref scores, ref codes);
        Keep<TLanes, TRanking, TVector>(second, code + TLanes.Count, ref scores, ref codes);
        Keep<TLanes, TRanking, TVector>(third, code + 2 * TLanes.Count, ref scores, ref codes);
        Keep<TLanes, TRanking, TVector>(fourth, code + 3 * TLanes.Count, ref scores, ref codes);
        TLanes.Store(scores, best.Scores + row * Line);
        TLanes.Store(codes, best.Codes + row * Line);
    }

    /// <summary>Keeps what is greater of the scores of one vector of codewords; on a tie what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Keep<TLanes, TRanking, TVector>(TVector score, int code, ref TVector scores, ref TVector codes)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        codes = TRanking.Code(score, scores, TLanes.Broadcast(BitConverter.Int32BitsToSingle(code)), codes);
        scores = TRanking.Greater(score, scores);
    }
}
