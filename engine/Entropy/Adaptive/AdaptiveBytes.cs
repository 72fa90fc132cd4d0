using System.Buffers;
using System.Runtime.CompilerServices;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Codes bytes by probabilities that are learnt on the way: nothing is sent ahead, so that it suits packets of any size.</summary>
/// <remarks>
/// <para>
/// A byte is two nibbles, the low one in a context of the high one. One model decodes some 280 MB/s where there is AVX2; eight, each
/// for every eighth byte, some 450, but each has to learn anew, which costs up to 300 bytes a model.
/// </para>
/// <para>
/// The code of 20 bytes takes some 2 bytes over what the model says; that of 1 MB some 1.5 % over the entropy of bytes that are independent
/// of each other, and less than it where the bytes' distribution changes. Bytes that do not get shorter are stored with one byte
/// before them.
/// </para>
/// <para>Stream: docs/format.md, section 7.3. Memory: 12 bytes a byte to encode, from the shared pool; 5 KiB of stack to decode.</para>
/// </remarks>
public static class AdaptiveBytes
{
    /// <summary>The most bytes that one stream holds.</summary>
    public const int MaxCount = 1 << 26;

    const int InterleavedFrom = 32 << 10;
    const int ManyModelsFrom = 1 << 20;

    static readonly int ModelBytes = NibbleModel.RoomBytes(AdaptiveNibbleDecode.GroupBytes);

    /// <summary>Bytes that always hold the code of <paramref name="count"/> bytes.</summary>
    /// <param name="count">Bytes, 0 or more.</param>
    public static long MaxEncodedBytes(int count) => count == 0 ? 0 : 1L + count;

    /// <summary>Writes bytes.</summary>
    /// <param name="source">The bytes; none have a code of none.</param>
    /// <param name="destination">Receives the stream from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="models">Models: 1, 8, or 0 to choose by the number of bytes.</param>
    /// <returns><see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are more than <see cref="MaxCount"/> bytes, or <paramref name="models"/> is not 0, 1 or 8.
    /// </exception>
    public static OperationStatus Encode(ReadOnlySpan<byte> source, Span<byte> destination, out int written, int models = 0)
    {
        AdaptiveBytesForm form = Form(source.Length, models);
        written = 0;
        if (source.IsEmpty)
        {
            return OperationStatus.Done;
        }

        byte[] words = ArrayPool<byte>.Shared.Rent(AdaptiveBytesHeader.MaxBytes + (source.Length * AdaptiveNibbleEncode.MaxBytesPerByte));
        uint[] intervals = ArrayPool<uint>.Shared.Rent(source.Length * AdaptiveNibbleEncode.NibblesPerByte);
        OperationStatus status = Put(Coded(form, source, intervals, words), source, destination, out written);
        ArrayPool<uint>.Shared.Return(intervals);
        ArrayPool<byte>.Shared.Return(words);
        return status;
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="destination">As many bytes as were written; all 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the stream ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>. The closing check finds nearly all damage; a checksum around the stream finds the rest.
    /// </returns>
    [SkipLocalsInit]
    public static OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        OperationStatus status = DecodeUnchecked(source, destination);
        if (status != OperationStatus.Done)
        {
            destination.Clear();
        }

        return status;
    }

    static AdaptiveBytesForm Form(int count, int models)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount, "source");
        return models switch
        {
            0 => count < ManyModelsFrom ? Form(count, 1) : AdaptiveBytesForm.ManyModels,
            1 => count < InterleavedFrom ? AdaptiveBytesForm.OneState : AdaptiveBytesForm.OneModel,
            AdaptiveNibbleDecode.GroupBytes => AdaptiveBytesForm.ManyModels,
            _ => throw new ArgumentOutOfRangeException(nameof(models), models, "There are 1 or 8 models."),
        };
    }

    /// <summary>The stream, at the end of a buffer.</summary>
    static ReadOnlySpan<byte> Coded(AdaptiveBytesForm form, ReadOnlySpan<byte> source, Span<uint> intervals, Span<byte> buffer)
    {
        Span<NibbleModel> models = NibbleModel.Place(stackalloc byte[ModelBytes], form.Models());
        Span<uint> all = stackalloc uint[AdaptiveNibbleDecode.MaxStates];
        Span<uint> states = all[..form.States()];
        states.Fill(form.FirstState());
        int bytes = AdaptiveNibbleEncode.Run(models, source, states, intervals, buffer);

        Span<byte> head = stackalloc byte[AdaptiveBytesHeader.MaxBytes];
        head = head[..AdaptiveBytesHeader.Write(form, states, head)];
        Span<byte> stream = buffer[^(head.Length + bytes)..];
        head.CopyTo(stream);
        return stream;
    }

    /// <summary>Writes what was coded, or the bytes themselves where they are shorter.</summary>
    static OperationStatus Put(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        bool stored = coded.Length > source.Length;
        written = stored ? 1 + source.Length : coded.Length;
        if (written > destination.Length)
        {
            written = 0;
            return OperationStatus.DestinationTooSmall;
        }

        if (stored)
        {
            destination[0] = (byte)AdaptiveBytesForm.Stored;
            source.CopyTo(destination[1..]);
        }
        else
        {
            coded.CopyTo(destination);
        }

        return OperationStatus.Done;
    }

    static OperationStatus DecodeUnchecked(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.IsEmpty || source.IsEmpty)
        {
            return !source.IsEmpty ? OperationStatus.InvalidData
                : destination.IsEmpty ? OperationStatus.Done
                : OperationStatus.NeedMoreData;
        }

        Span<uint> all = stackalloc uint[AdaptiveNibbleDecode.MaxStates];
        OperationStatus status = AdaptiveBytesHeader.Read(source, all, out AdaptiveBytesForm form, out int consumed);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        ReadOnlySpan<byte> words = source[consumed..];
        if (form == AdaptiveBytesForm.Stored)
        {
            return words.TryCopyTo(destination) && words.Length == destination.Length ? OperationStatus.Done
                : words.Length < destination.Length ? OperationStatus.NeedMoreData
                : OperationStatus.InvalidData;
        }

        Span<NibbleModel> models = NibbleModel.Place(stackalloc byte[ModelBytes], form.Models());
        Span<uint> states = all[..form.States()];
        int read = AdaptiveNibbleDecode.Run(models, states, words, destination);

        // The encoder begins with one state so small that it does not spill: the decoder's last refills of it find nothing, and rightly.
        bool starved = read > words.Length && form != AdaptiveBytesForm.OneState;
        bool closed = read >= words.Length && words.Length % 2 == 0 && !states.ContainsAnyExcept(form.FirstState());
        return starved ? OperationStatus.NeedMoreData : closed ? OperationStatus.Done : OperationStatus.InvalidData;
    }
}
