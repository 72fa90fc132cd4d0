using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCodeScreened
{
    /// <summary>Panels that are searched together, so that their chains of fused multiply-adds overlap.</summary>
    const int PanelsOfFind = 4;

    /// <summary>The greatest scores so far, lane by lane, and the codes they are from.</summary>
    ref struct Found
    {
        public Vector256<float> Scores;
        public Vector256<float> Codes;
    }

    /// <summary>Searches the panels that screening leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Find(in Chunk chunk, CodeScreen codewords, int row, ReadOnlySpan<float> source, out float score)
    {
        float* greatest = chunk.Greatest + (nint)row * codewords.PanelCount;
        float least = (float)(Greatest(greatest, codewords.PanelCount) - chunk.Margins[row]);
        least = MathF.BitDecrement(least);
        int left = Count(greatest, codewords.PanelCount, least);
        if (double.IsNaN(chunk.Margins[row]) || left > codewords.PanelCount / LeastPanelsPerFind + 1)
        {
            return Search(codewords, source, out score);
        }

        int* panels = stackalloc int[PanelsOfFind];
        int waiting = 0;
        var found = new Found { Scores = Vector256.Create(float.NegativeInfinity), Codes = Vector256<float>.Zero };
        fixed (float* x = source)
        {
            for (int panel = 0; left > 0; panel++)
            {
                if (greatest[panel] >= least)
                {
                    panels[waiting++] = panel;
                    left--;
                }

                if (waiting == PanelsOfFind || (left == 0 && waiting > 0))
                {
                    new Span<int>(panels + waiting, PanelsOfFind - waiting).Fill(panels[waiting - 1]);
                    FindAmongFour(codewords.Panels, x, panels, ref found);
                    waiting = 0;
                }
            }
        }

        int index = Ranking256.Winner(found.Scores, found.Codes);
        score = found.Scores.GetElement(index % Vector256<float>.Count);
        return index;
    }

    /// <summary>Scores four panels, in ascending order, as <see cref="NearestCode"/> does; the last may be there several times.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void FindAmongFour(CodePanels codewords, float* x, int* panels, ref Found found)
    {
        const int Width = CodePanels.PanelWidth;
        fixed (float* elements = codewords.Panels, bias = codewords.Bias)
        {
            nint stride = (nint)codewords.Dimensions * Width;
            float* w0 = elements + panels[0] * stride, w1 = elements + panels[1] * stride;
            float* w2 = elements + panels[2] * stride, w3 = elements + panels[3] * stride;
            float* b0 = bias + panels[0] * Width, b1 = bias + panels[1] * Width;
            float* b2 = bias + panels[2] * Width, b3 = bias + panels[3] * Width;
            Vector256<float> a0 = Avx.LoadVector256(b0), a1 = Avx.LoadVector256(b0 + 8);
            Vector256<float> a2 = Avx.LoadVector256(b1), a3 = Avx.LoadVector256(b1 + 8);
            Vector256<float> a4 = Avx.LoadVector256(b2), a5 = Avx.LoadVector256(b2 + 8);
            Vector256<float> a6 = Avx.LoadVector256(b3), a7 = Avx.LoadVector256(b3 + 8);
            for (int i = 0; i < codewords.Dimensions; i++)
            {
                Vector256<float> element = Vector256.Create(x[i]);
                nint at = i * Width;
                a0 = Fma.MultiplyAdd(element, Avx.LoadVector256(w0 + at), a0);
                a1 = Fma.MultiplyAdd(element, Avx.LoadVector256(w0 + at + 8), a1);
                a2 = Fma.MultiplyAdd(element, Avx.LoadVector256(w1 + at), a2);
                a3 = Fma.MultiplyAdd(element, Avx.LoadVector256(w1 + at + 8), a3);
                a4 = Fma.MultiplyAdd(element, Avx.LoadVector256(w2 + at), a4);
                a5 = Fma.MultiplyAdd(element, Avx.LoadVector256(w2 + at + 8), a5);
                a6 = Fma.MultiplyAdd(element, Avx.LoadVector256(w3 + at), a6);
                a7 = Fma.MultiplyAdd(element, Avx.LoadVector256(w3 + at + 8), a7);
            }

            Keep(ref found, a0, panels[0] * Width);
            Keep(ref found, a1, panels[0] * Width + 8);
            Keep(ref found, a2, panels[1] * Width);
            Keep(ref found, a3, panels[1] * Width + 8);
            Keep(ref found, a4, panels[2] * Width);
            Keep(ref found, a5, panels[2] * Width + 8);
            Keep(ref found, a6, panels[3] * Width);
            Keep(ref found, a7, panels[3] * Width + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Keep(ref Found found, Vector256<float> scores, int code)
    {
        found.Codes = Ranking256.Code(scores, found.Scores, Vector256.Create(code).AsSingle(), found.Codes);
        found.Scores = Ranking256.Greater(scores, found.Scores);
    }

    /// <summary>The vector's search in full.</summary>
    static int Search(CodeScreen codewords, ReadOnlySpan<float> source, out float score)
    {
        Span<int> index = stackalloc int[1];
        Span<float> scores = stackalloc float[1];
        NearestCode.Run(new NearestCodeShape(1, codewords.Panels.Dimensions), source, codewords.Panels, index, scores);
        score = scores[0];
        return index[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static float Greatest(float* values, int count)
    {
        float greatest = float.NegativeInfinity;
        int i = 0;
        Vector256<float> lanes = Vector256.Create(greatest);
        for (; i + 8 <= count; i += 8)
        {
            lanes = Avx.Max(Avx.LoadVector256(values + i), lanes);
        }

        for (int lane = 0; lane < 8; lane++)
        {
            greatest = Math.Max(greatest, lanes[lane]);
        }

        for (; i < count; i++)
        {
            greatest = Math.Max(greatest, values[i]);
        }

        return greatest;
    }

    /// <summary>How many values are at least so great.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Count(float* values, int count, float least)
    {
        int reached = 0;
        int i = 0;
        for (Vector256<float> threshold = Vector256.Create(least); i + 8 <= count; i += 8)
        {
            int mask = Avx.MoveMask(Avx.CompareGreaterThanOrEqual(Avx.LoadVector256(values + i), threshold));
            reached += BitOperations.PopCount((uint)mask);
        }

        for (; i < count; i++)
        {
            reached += values[i] >= least ? 1 : 0;
        }

        return reached;
    }
}
