using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>Bytes that always hold a picture's stream (docs/format.md, sections 1 to 7).</summary>
static class ImageBound
{
    const int PositionSide = 16;
    const int LatentsPerPosition = 192;
    const int HyperSide = 64;
    const int HyperPerPosition = 64;
    const int RegionSide = 1024;
    const int BytesPerPacket = 4096;

    /// <summary>The bound of a shape that <see cref="PixelRows.CanEncode"/> allows.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Channels of a pixel; an even number has alpha.</param>
    public static long Bytes(int width, int height, int channels)
    {
        long latents = Cells(width, height, PositionSide) * LatentsPerPosition;
        int symbols = checked((int)(latents + Cells(width, height, HyperSide) * HyperPerPosition));
        long alpha = channels % 2 == 0 ? LosslessPlane.MaxEncodedBytes(width, height) : 0;
        return IndexedRansEncoder.MaxEncodedBytes(symbols) + alpha + (Cells(width, height, RegionSide) + 2) * BytesPerPacket;
    }

    static long Cells(int width, int height, int side) => (long)Up(width, side) * Up(height, side);

    static int Up(int length, int side) => (length + side - 1) / side;
}
