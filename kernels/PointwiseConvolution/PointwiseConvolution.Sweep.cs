namespace Lacuna.Kernels;

public static unsafe partial class PointwiseConvolution
{
    /// <summary>Floats of the source that are taken through all outputs before the next: they stay in the second-level cache.</summary>
    const int ChunkFloats = 32 * 1024;

    /// <summary>Cuts the work into tiles: a few rows at a time, all outputs for them, the widest tiles first.</summary>
    static void Sweep<TLanes, TVector>(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int chunkRows = Math.Max(1, ChunkFloats / weights.Inputs / TileRows) * TileRows;
        int whole = weights.Outputs / PointwiseWeights.PanelWidth * PointwiseWeights.PanelWidth;

        fixed (float* x = source, y = destination, r = residual, w = weights.Panels, b = weights.Bias)
        {
            var frame = new Frame
            {
                SourceStride = shape.SourceStride,
                Weights = w,
                PanelStride = (nint)weights.Inputs * PointwiseWeights.PanelWidth,
                Bias = b,
                Inputs = weights.Inputs,
                ResidualStride = shape.ResidualStride,
                DestinationStride = shape.DestinationStride,
                Slope = shape.Activation == PointwiseActivation.Leaky ? LeakySlope : 1,
            };

            for (int pixel = 0; pixel < shape.Pixels; pixel += chunkRows)
            {
                int rows = Math.Min(chunkRows, shape.Pixels - pixel);
                frame.Source = x + (nint)pixel * shape.SourceStride;
                frame.Destination = y + (nint)pixel * shape.DestinationStride;
                frame.Residual = r == null ? null : r + (nint)pixel * shape.ResidualStride;

                Panels<TLanes, TVector>(frame, rows, 0, whole);
                if (whole < weights.Outputs)
                {
                    RaggedPanel<TLanes, TVector>(frame, rows, whole, weights.Outputs - whole);
                }
            }
        }
    }

    /// <summary>Outputs <paramref name="first"/> to <paramref name="end"/>, a multiple of the panel's width.</summary>
    static void Panels<TLanes, TVector>(in Frame frame, int rows, int first, int end)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        if (TLanes.Count == PointwiseWeights.PanelWidth)
        {
            first = Columns<TLanes, TVector>(frame, rows, first, end, 4);
        }

        first = Columns<TLanes, TVector>(frame, rows, first, end, 2);
        Columns<TLanes, TVector>(frame, rows, first, end, 1);
    }

    /// <summary>As many tiles of one width as fit.</summary>
    /// <returns>The first output that is left.</returns>
    static int Columns<TLanes, TVector>(in Frame frame, int rows, int first, int end, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        int width = TLanes.Count * columns;
        for (; first + width <= end; first += width)
        {
            Frame tile = frame;
            tile.Weights = PanelAt(frame, first);
            tile.Bias += first;
            tile.Destination += first;
            tile.Residual += frame.Residual == null ? 0 : first;

            for (int row = 0; row < rows; row += TileRows)
            {
                if (TLanes.Count == PointwiseWeights.PanelWidth && columns == 4)
                {
                    TileOfFour<TLanes, TVector>(tile, rows - row);
                }
                else
                {
                    TileOfTwo<TLanes, TVector>(tile, rows - row, columns);
                }

                tile.Source += TileRows * frame.SourceStride;
                tile.Destination += TileRows * frame.DestinationStride;
                tile.Residual += frame.Residual == null ? 0 : TileRows * frame.ResidualStride;
            }
        }

        return first;
    }

    /// <summary>The last panel where only some outputs exist: its sums pass through a panel of scratch.</summary>
    static void RaggedPanel<TLanes, TVector>(in Frame frame, int rows, int first, int outputs)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        float* scratch = stackalloc float[TileRows * PointwiseWeights.PanelWidth];
        Frame tile = frame;
        tile.Weights = PanelAt(frame, first);
        tile.Bias += first;
        tile.Residual = null;
        tile.Destination = scratch;
        tile.DestinationStride = PointwiseWeights.PanelWidth;

        for (int row = 0; row < rows; row++)
        {
            int inTile = row % TileRows;
            if (inTile == 0)
            {
                tile.Source = frame.Source + row * frame.SourceStride;
                Panels<TLanes, TVector>(tile, Math.Min(TileRows, rows - row), 0, PointwiseWeights.PanelWidth);
            }

            float* destination = frame.Destination + row * frame.DestinationStride + first;
            for (int output = 0; output < outputs; output++)
            {
                float result = scratch[inTile * PointwiseWeights.PanelWidth + output];
                destination[output] = frame.Residual == null
                    ? result
                    : frame.Residual[row * frame.ResidualStride + first + output] + result;
            }
        }
    }

    static float* PanelAt(in Frame frame, int output) =>
        frame.Weights + output / PointwiseWeights.PanelWidth * frame.PanelStride + output % PointwiseWeights.PanelWidth;
}
