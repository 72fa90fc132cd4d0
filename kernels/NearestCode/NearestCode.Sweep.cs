using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCode
{
    /// <summary>Vectors that are taken through some panels together, while those are in the first-level cache.</summary>
    const int ChunkRows = 8 * TileRows;

    /// <summary>Floats of the panels that a chunk is taken through before the next panels.</summary>
    const int BlockFloats = 8 * 1024;

    /// <summary>Cuts the work into tiles; the greatest scores of a chunk's vectors are kept lane by lane until its end.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sweep<TLanes, TRanking, TVector>(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        const int LineBytes = Line * sizeof(float);
        byte* room = stackalloc byte[2 * ChunkRows * LineBytes + LineBytes];
        float* lines = (float*)((nuint)(room + LineBytes - 1) & ~(nuint)(LineBytes - 1));
        var best = new Leaders { Scores = lines, Codes = lines + ChunkRows * Line };

        fixed (float* x = source, w = codewords.Panels, b = codewords.Bias)
        {
            var frame = new Frame
            {
                SourceStride = shape.SourceStride,
                Panels = w,
                PanelStride = (nint)codewords.Dimensions * CodePanels.PanelWidth,
                Bias = b,
                Dimensions = codewords.Dimensions,
            };

            for (int vector = 0; vector < shape.Vectors; vector += ChunkRows)
            {
                int rows = Math.Min(ChunkRows, shape.Vectors - vector);
                frame.Source = x + (nint)vector * shape.SourceStride;
                frame.Best = best;
                new Span<float>(best.Scores, rows * Line).Fill(float.NegativeInfinity);
                new Span<float>(best.Codes, rows * Line).Clear();
                Blocks<TLanes, TRanking, TVector>(frame, rows, codewords);
                for (int row = 0; row < rows; row++)
                {
                    int index = TRanking.Winner(TLanes.Load(best.Scores + row * Line), TLanes.Load(best.Codes + row * Line));
                    indices[(vector + row) * shape.IndexStride] = index;
                    if (!scores.IsEmpty)
                    {
                        scores[vector + row] = best.Scores[row * Line + index % TLanes.Count];
                    }
                }
            }
        }
    }

    /// <summary>Takes the rows of a chunk through all panels, a block of panels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Blocks<TLanes, TRanking, TVector>(in Frame frame, int rows, CodePanels codewords)
        where TLanes : struct, ILanes<TVector>
        where TRanking : struct, IRanking<TVector>
        where TVector : unmanaged
    {
        int columns = TLanes.Count == CodePanels.PanelWidth ? 4 : 2;
        int block = Math.Max(1, BlockFloats / codewords.Dimensions / (4 * CodePanels.PanelWidth)) * 4 * CodePanels.PanelWidth;
        int codes = codewords.PanelCount * CodePanels.PanelWidth;
        int start = rows == 1 ? Stream<TLanes, TRanking, TVector>(frame, codes) : 0;
        for (int first = start; first < codes; first += block)
        {
            int end = Math.Min(first + block, codes);
            int whole = end - (end - first) % (columns * TLanes.Count);
            Frame tile = frame;
            for (int row = 0; row < rows; row += TileRows)
            {
                if (columns == 4)
                {
                    TilesOfFour<TLanes, TRanking, TVector>(tile, rows - row, first, whole);
                    TilesOfOne<TLanes, TRanking, TVector>(tile, rows - row, whole, end);
                }
                else
                {
                    TilesOfTwo<TLanes, TRanking, TVector>(tile, rows - row, first, end);
                }

                tile.Source += TileRows * frame.SourceStride;
                tile.Best.Scores += TileRows * CodePanels.PanelWidth;
                tile.Best.Codes += TileRows * CodePanels.PanelWidth;
            }
        }
    }
}
