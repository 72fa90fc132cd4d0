using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCodeScreened
{
    /// <summary>Vectors of a tile. Fewer are screened as four, with whatever the scratch holds.</summary>
    const int TileRows = 4;

    /// <summary>Vectors that are taken through two panels together, while those are in the first-level cache.</summary>
    const int ChunkRows = 6 * TileRows;

    /// <summary>A vector is searched in full where more than one panel in so many is left.</summary>
    const int LeastPanelsPerFind = 8;

    /// <summary>A chunk of vectors in integers, and the greatest estimate of each in every panel.</summary>
    struct Chunk
    {
        public byte* Bytes; // [rows, 4 * quads], integers plus the offset
        public float* Scales; // [rows]
        public double* Margins; // [rows], twice the bound; a NaN where it does not hold
        public float* Greatest; // [rows, panels]
    }

    /// <summary>With AVX-VNNI where the processor has it.</summary>
    static void Avx2Screened(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodeScreen codewords,
        Span<int> indices,
        Span<float> scores)
    {
        if (Isa.HasAvxVnni)
        {
            Screen<ScreenLanesVnni, Vector256<int>>(shape, source, codewords, indices, scores);
        }
        else
        {
            Avx2WithoutVnni(shape, source, codewords, indices, scores);
        }
    }

    /// <summary>What <see cref="Avx2Screened"/> is on a processor without AVX-VNNI.</summary>
    internal static void Avx2WithoutVnni(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodeScreen codewords,
        Span<int> indices,
        Span<float> scores) =>
        Screen<ScreenLanes256, Vector256<int>>(shape, source, codewords, indices, scores);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Screen<TLanes, TSums>(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodeScreen codewords,
        Span<int> indices,
        Span<float> scores)
        where TLanes : struct, IScreenLanes<TSums>
        where TSums : unmanaged
    {
        float* scales = stackalloc float[ChunkRows];
        double* margins = stackalloc double[ChunkRows];
        byte[] byteRoom = ArrayPool<byte>.Shared.Rent(ChunkRows * 4 * codewords.Quads);
        float[] floatRoom = ArrayPool<float>.Shared.Rent(ChunkRows * codewords.PanelCount);
        fixed (float* x = source, greatest = floatRoom)
        fixed (byte* bytes = byteRoom)
        {
            var chunk = new Chunk { Bytes = bytes, Scales = scales, Margins = margins, Greatest = greatest };
            for (int first = 0; first < shape.Vectors; first += ChunkRows)
            {
                int rows = Math.Min(ChunkRows, shape.Vectors - first);
                for (int row = 0; row < rows; row++)
                {
                    float* vector = x + (nint)(first + row) * shape.SourceStride;
                    byte* rounded = bytes + (nint)row * 4 * codewords.Quads;
                    ScreenRow.Round(codewords, vector, rounded, out scales[row], out margins[row]);
                }

                for (int panel = 0; panel < codewords.PanelCount; panel += TLanes.PanelsOfTwo)
                for (int row = 0; row < rows; row += TileRows)
                {
                    Tile<TLanes, TSums>(chunk, codewords, row, panel);
                }

                for (int row = 0; row < rows; row++)
                {
                    int vector = first + row;
                    int index = Find(chunk, codewords, row, source[(vector * shape.SourceStride)..], out float score);
                    indices[vector * shape.IndexStride] = index;
                    if (!scores.IsEmpty)
                    {
                        scores[vector] = score;
                    }
                }
            }
        }

        ArrayPool<byte>.Shared.Return(byteRoom);
        ArrayPool<float>.Shared.Return(floatRoom);
        GC.KeepAlive(codewords); // its memory is referred to by pointers alone
    }

    /// <summary>Four vectors by two vectors of codewords; all sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Tile<TLanes, TSums>(in Chunk chunk, CodeScreen codewords, int row, int panel)
        where TLanes : struct, IScreenLanes<TSums>
        where TSums : unmanaged
    {
        const int LineBytes = 4 * CodePanels.PanelWidth;
        nint quads = codewords.Quads;
        int* x0 = (int*)chunk.Bytes + row * quads;
        int* x1 = x0 + quads;
        int* x2 = x1 + quads;
        int* x3 = x2 + quads;

        int code = panel * CodePanels.PanelWidth;
        sbyte* first = codewords.Bytes + panel * quads * LineBytes;
        sbyte* second = TLanes.PanelsOfTwo == 2 ? first + quads * LineBytes : first + 4 * TLanes.Count;
        TSums a0 = TLanes.Load(codewords.Sums + code), a1 = TLanes.Load(codewords.Sums + code + TLanes.Count);
        TSums b0 = a0, b1 = a1, c0 = a0, c1 = a1, d0 = a0, d1 = a1;
        for (nint quad = 0; quad < quads; quad++)
        {
            TSums w0 = TLanes.Load(first + quad * LineBytes), w1 = TLanes.Load(second + quad * LineBytes);

            TSums x = TLanes.Broadcast(x0[quad]);
            a0 = TLanes.MultiplyAdd(x, w0, a0);
            a1 = TLanes.MultiplyAdd(x, w1, a1);

            x = TLanes.Broadcast(x1[quad]);
            b0 = TLanes.MultiplyAdd(x, w0, b0);
            b1 = TLanes.MultiplyAdd(x, w1, b1);

            x = TLanes.Broadcast(x2[quad]);
            c0 = TLanes.MultiplyAdd(x, w0, c0);
            c1 = TLanes.MultiplyAdd(x, w1, c1);

            x = TLanes.Broadcast(x3[quad]);
            d0 = TLanes.MultiplyAdd(x, w0, d0);
            d1 = TLanes.MultiplyAdd(x, w1, d1);
        }

        float* scales = codewords.Scales + code, bias = codewords.Bias + code;
        float* greatest = chunk.Greatest + (nint)row * codewords.PanelCount + panel;
        TLanes.StoreGreatest(a0, a1, chunk.Scales[row], scales, bias, greatest);
        TLanes.StoreGreatest(b0, b1, chunk.Scales[row + 1], scales, bias, greatest + codewords.PanelCount);
        TLanes.StoreGreatest(c0, c1, chunk.Scales[row + 2], scales, bias, greatest + 2 * codewords.PanelCount);
        TLanes.StoreGreatest(d0, d1, chunk.Scales[row + 3], scales, bias, greatest + 3 * codewords.PanelCount);
    }
}
