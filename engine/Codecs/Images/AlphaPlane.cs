using System.Buffers;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Codecs.Images;

/// <summary>The alpha channel of a picture as a packet, without loss.</summary>
/// <remarks>docs/format.md, section 7. Used for one picture after another; its memory is used again.</remarks>
/// <param name="allocator">Gives the memory: two rows to decode with, two planes to encode with.</param>
sealed class AlphaPlane(BufferAllocator? allocator) : IDisposable
{
    readonly PlaneModel model = new();
    readonly AlignedBuffer<byte> samples = new(0, allocator);
    readonly AlignedBuffer<byte> payload = new(0, allocator);

    /// <summary>Makes the packet's payload.</summary>
    /// <param name="picture">A picture with alpha.</param>
    /// <returns>The payload, good until the next call.</returns>
    public unsafe ReadOnlySpan<byte> Encode(PictureView picture)
    {
        PixelChannel alpha = picture.Channel(3);
        int count = checked(picture.Width * picture.Height);
        samples.Reserve(count);
        payload.Reserve(checked((int)LosslessPlane.MaxEncodedBytes(picture.Width, picture.Height)));
        for (int y = 0; y < picture.Height; y++)
        {
            byte* from = alpha.Row(y);
            foreach (ref byte sample in samples.Span.Slice(y * picture.Width, picture.Width))
            {
                sample = *from;
                from += alpha.Step;
            }
        }

        LosslessPlane.Encode(samples.Span[..count], picture.Width, picture.Height, picture.Width, payload.Span, out int written);
        return payload.Span[..written];
    }

    /// <summary>Fills the alpha channel of a picture.</summary>
    /// <returns>Whether the payload is valid.</returns>
    public bool TryDecode(ReadOnlySpan<byte> source, PictureView picture)
    {
        samples.Reserve(2 * picture.Width);
        var rows = new Rows(samples.Span, picture.Channel(3), picture.Width);
        return LosslessPlane.Decode(source, rows, picture.Width, picture.Height, model) == OperationStatus.Done;
    }

    public void Dispose()
    {
        samples.Dispose();
        payload.Dispose();
    }

    /// <summary>Two rows in turn, each spread over the channel once it is decoded.</summary>
    readonly unsafe ref struct Rows(Span<byte> pair, PixelChannel alpha, int width) : IPlaneRows
    {
        readonly Span<byte> pair = pair;

        public Span<byte> Row(int y) => pair.Slice((y & 1) * width, width);

        public void Finish(int y)
        {
            byte* to = alpha.Row(y);
            foreach (byte sample in Row(y))
            {
                *to = sample;
                to += alpha.Step;
            }
        }
    }
}
