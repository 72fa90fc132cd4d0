using System.Buffers;
using System.Numerics;

namespace Lacuna.Entropy;

/// <summary>Lossless coding of one plane of 8-bit samples, such as an alpha channel.</summary>
/// <remarks>
/// <para>
/// The first byte says how: one value for all samples, samples as they are, or predictions whose errors are coded by
/// <see cref="AdaptiveEncoder"/> in the contexts of <see cref="PlaneModel"/>. The encoder takes the shortest.
/// </para>
/// <para>Memory: 6 KiB beside the caller's buffers. Stream: docs/format.md, section 7.</para>
/// </remarks>
public static class LosslessPlane
{
    enum Method : byte
    {
        Constant = 0,
        Stored = 1,
        Predicted = 2,
    }

    /// <summary>Bytes that always hold the code of a plane.</summary>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    public static long MaxEncodedBytes(int width, int height) => 1 + Math.Max(1, (long)width * height);

    /// <summary>Writes a plane.</summary>
    /// <param name="plane">
    /// Rows of <paramref name="width"/> samples, <paramref name="stride"/> apart; the last may end after its samples.
    /// </param>
    /// <param name="width">Samples a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="stride">Bytes from row to row, at least <paramref name="width"/>.</param>
    /// <param name="destination">Receives the stream from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns><see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>.</returns>
    /// <exception cref="ArgumentException">A size is below 1, or the plane is shorter than its sizes say.</exception>
    public static OperationStatus Encode(
        ReadOnlySpan<byte> plane, int width, int height, int stride, Span<byte> destination, out int written)
    {
        CheckSizes(plane.Length, width, height, stride);
        written = 0;
        if (destination.Length < 2)
        {
            return OperationStatus.DestinationTooSmall;
        }

        if (IsConstant(plane, width, height, stride))
        {
            destination[0] = (byte)Method.Constant;
            destination[1] = plane[0];
            written = 2;
            return OperationStatus.Done;
        }

        int stored = width * height;
        int room = Math.Min(destination.Length - 1, stored - 1);
        if (EncodePredicted(plane, width, height, stride, destination.Slice(1, room), out int coded) == OperationStatus.Done)
        {
            destination[0] = (byte)Method.Predicted;
            written = 1 + coded;
            return OperationStatus.Done;
        }

        if (destination.Length - 1 < stored)
        {
            return OperationStatus.DestinationTooSmall;
        }

        destination[0] = (byte)Method.Stored;
        for (int y = 0; y < height; y++)
        {
            plane.Slice(y * stride, width).CopyTo(destination[(1 + (y * width))..]);
        }

        written = 1 + stored;
        return OperationStatus.Done;
    }

    /// <summary>Writes a plane whose rows follow each other.</summary>
    /// <param name="plane">Shape [height, width].</param>
    /// <param name="width">Samples a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <returns>The stream.</returns>
    /// <exception cref="ArgumentException">A size is below 1, or the plane is shorter than its sizes say.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> plane, int width, int height)
    {
        CheckSizes(plane.Length, width, height, width);
        byte[] stream = ArrayPool<byte>.Shared.Rent(checked((int)MaxEncodedBytes(width, height)));
        Encode(plane, width, height, width, stream, out int written);
        byte[] exact = stream[..written];
        ArrayPool<byte>.Shared.Return(stream);
        return exact;
    }

    /// <summary>Reads a plane.</summary>
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="plane">
    /// Receives rows of <paramref name="width"/> samples, <paramref name="stride"/> apart; the bytes between are left alone.
    /// </param>
    /// <param name="width">Samples a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="stride">Bytes from row to row, at least <paramref name="width"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the stream ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>. Unless it is Done the samples are unspecified.
    /// </returns>
    /// <exception cref="ArgumentException">A size is below 1, or the plane is shorter than its sizes say.</exception>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> plane, int width, int height, int stride)
    {
        CheckSizes(plane.Length, width, height, stride);
        return Decode(source, new SpanRows(plane, stride, width), width, height, new PlaneModel());
    }

    /// <summary>Reads a plane row by row.</summary>
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="rows">Where the rows are to lie.</param>
    /// <param name="width">Samples a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="model">Memory to learn in; begun anew.</param>
    /// <returns>As of the public one. Allocates nothing.</returns>
    internal static OperationStatus Decode<TRows>(ReadOnlySpan<byte> source, TRows rows, int width, int height, PlaneModel model)
        where TRows : IPlaneRows, allows ref struct
    {
        int expected = source.IsEmpty ? 1 : (Method)source[0] switch
        {
            Method.Constant => 2,
            Method.Stored => 1 + (width * height),
            Method.Predicted => source.Length,
            _ => 0,
        };
        if (source.Length != expected)
        {
            return source.Length < expected ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        }

        if ((Method)source[0] == Method.Predicted)
        {
            return DecodePredicted(source[1..], rows, height, model);
        }

        for (int y = 0; y < height; y++)
        {
            Span<byte> row = rows.Row(y);
            if ((Method)source[0] == Method.Constant)
            {
                row.Fill(source[1]);
            }
            else
            {
                source.Slice(1 + (y * width), width).CopyTo(row);
            }

            rows.Finish(y);
        }

        return OperationStatus.Done;
    }

    static OperationStatus EncodePredicted(
        ReadOnlySpan<byte> plane, int width, int height, int stride, Span<byte> destination, out int written)
    {
        var encoder = new AdaptiveEncoder(destination);
        var model = new PlaneModel();
        for (int y = 0; y < height && !encoder.IsFull; y++)
        {
            ReadOnlySpan<byte> above = y > 0 ? plane.Slice((y - 1) * stride, width) : [];
            ReadOnlySpan<byte> row = plane.Slice(y * stride, width);
            for (int x = 0; x < width; x++)
            {
                model.Look(above, row, x);
                int error = (sbyte)(row[x] - model.Prediction);
                encoder.Encode(ref model.Zero, error != 0 ? 1 : 0);
                if (error != 0)
                {
                    int magnitude = Math.Abs(error);
                    int length = BitOperations.Log2((uint)magnitude);
                    encoder.Encode(ref model.Sign, error < 0 ? 1 : 0);
                    encoder.EncodeTree(model.Lengths, PlaneModel.LengthBits, length);
                    encoder.EncodeTree(model.Mantissa(length), length, magnitude - (1 << length));
                }

                model.Learn(error == 0);
            }
        }

        return encoder.Finish(out written);
    }

    static OperationStatus DecodePredicted<TRows>(ReadOnlySpan<byte> source, TRows rows, int height, PlaneModel model)
        where TRows : IPlaneRows, allows ref struct
    {
        var decoder = new AdaptiveDecoder(source);
        scoped ReadOnlySpan<byte> above = [];
        model.Reset();
        for (int y = 0; y < height && !decoder.IsStarved; y++)
        {
            Span<byte> row = rows.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                model.Look(above, row, x);
                int error = 0;
                if (decoder.Decode(ref model.Zero) != 0)
                {
                    bool negative = decoder.Decode(ref model.Sign) != 0;
                    int length = decoder.DecodeTree(model.Lengths, PlaneModel.LengthBits);
                    int magnitude = (1 << length) + decoder.DecodeTree(model.Mantissa(length), length);
                    error = negative ? -magnitude : magnitude;
                }

                row[x] = (byte)(model.Prediction + error);
                model.Learn(error == 0);
            }

            rows.Finish(y);
            above = row;
        }

        return decoder.Finish();
    }

    static bool IsConstant(ReadOnlySpan<byte> plane, int width, int height, int stride)
    {
        int y = 0;
        while (y < height && !plane.Slice(y * stride, width).ContainsAnyExcept(plane[0]))
        {
            y++;
        }

        return y == height;
    }

    static void CheckSizes(int length, int width, int height, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, ((height - 1L) * stride) + width, "plane");
    }

    readonly ref struct SpanRows(Span<byte> plane, int stride, int width) : IPlaneRows
    {
        readonly Span<byte> plane = plane;

        public Span<byte> Row(int y) => plane.Slice(y * stride, width);

        public void Finish(int y)
        {
        }
    }
}
