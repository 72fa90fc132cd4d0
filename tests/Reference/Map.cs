namespace Lacuna.Tests.Reference;

/// <summary>A picture inside a network, [height, width, channels].</summary>
sealed class Map(int height, int width, int channels)
{
    public int Height { get; } = height;

    public int Width { get; } = width;

    public int Channels { get; } = channels;

    public float[] Values { get; init; } = new float[height * width * channels];

    public ref float this[int row, int column, int channel] => ref Values[(row * Width + column) * Channels + channel];

    public bool Has(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;
}
