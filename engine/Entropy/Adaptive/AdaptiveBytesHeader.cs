using System.Buffers;
using System.Numerics;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>How a stream of <see cref="AdaptiveBytes"/> is made.</summary>
enum AdaptiveBytesForm
{
    /// <summary>One state and one model.</summary>
    OneState = 0,

    /// <summary>32 states and one model.</summary>
    OneModel = 1,

    /// <summary>32 states and 8 models.</summary>
    ManyModels = 2,

    /// <summary>The bytes as they are.</summary>
    Stored = 3,
}

/// <summary>What stands before the words of a stream of <see cref="AdaptiveBytes"/>: its form, and the decoder's first states.</summary>
/// <remarks>
/// <code>
///   byte 0     bits 0-1 form     bits 2-7 bit length of state 0, 1 to 32 (17 to 32 with more states); 0 for stored bytes
///   bit field  state 0:      the state without its leading 1
///              state 1 ...:  4 bits, bit length less 17; the state without its leading 1
/// </code>
/// <para>Source: docs/format.md, section 7.3.</para>
/// </remarks>
static class AdaptiveBytesHeader
{
    /// <summary>Bytes that the longest header takes.</summary>
    public const int MaxBytes = 1 + (AdaptiveNibbleDecode.MaxStates * 35 / 8) + 1;

    const int FormBits = 2;
    const int ShortestFullState = 17;
    const int LengthBits = 4;

    /// <summary>States of a form that is not stored.</summary>
    public static int States(this AdaptiveBytesForm form) => form == AdaptiveBytesForm.OneState ? 1 : AdaptiveNibbleDecode.MaxStates;

    /// <summary>Models of a form that is not stored.</summary>
    public static int Models(this AdaptiveBytesForm form) => form == AdaptiveBytesForm.ManyModels ? AdaptiveNibbleDecode.GroupBytes : 1;

    /// <summary>The encoder's first states. One state alone begins so low that its first bits are not wasted.</summary>
    public static uint FirstState(this AdaptiveBytesForm form) =>
        form == AdaptiveBytesForm.OneState ? RansHeader.AloneState : AdaptiveNibbleDecode.LowerBound;

    /// <summary>Writes a header.</summary>
    /// <param name="form">One that is not stored.</param>
    /// <param name="states">The encoder's last states.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(AdaptiveBytesForm form, ReadOnlySpan<uint> states, Span<byte> destination)
    {
        destination[0] = (byte)((int)form | (BitLength(states[0]) << FormBits));
        var fields = new BitWriter(destination[1..]);
        fields.Write(states[0], BitLength(states[0]) - 1);
        foreach (uint state in states[1..])
        {
            fields.Write((uint)(BitLength(state) - ShortestFullState), LengthBits);
            fields.Write(state, BitLength(state) - 1);
        }

        return 1 + fields.Written;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="source">The stream, of 1 byte or more.</param>
    /// <param name="states">Room for 32; receives the form's.</param>
    /// <param name="form">The form.</param>
    /// <param name="consumed">Bytes of the header.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>, <see cref="OperationStatus.NeedMoreData"/> or <see cref="OperationStatus.InvalidData"/>.
    /// </returns>
    public static OperationStatus Read(ReadOnlySpan<byte> source, Span<uint> states, out AdaptiveBytesForm form, out int consumed)
    {
        form = (AdaptiveBytesForm)(source[0] & ((1 << FormBits) - 1));
        consumed = 1;
        int length = source[0] >> FormBits;
        if (form == AdaptiveBytesForm.Stored)
        {
            return length == 0 ? OperationStatus.Done : OperationStatus.InvalidData;
        }

        if (length > 32 || length < (form == AdaptiveBytesForm.OneState ? 1 : ShortestFullState))
        {
            return OperationStatus.InvalidData;
        }

        var fields = new BitReader(source[1..]);
        bool complete = TryReadState(ref fields, length, out states[0]);
        for (int i = 1; i < form.States(); i++)
        {
            complete &= fields.TryRead(LengthBits, out uint past);
            complete &= TryReadState(ref fields, ShortestFullState + (int)past, out states[i]);
        }

        consumed += fields.Consumed;
        return !complete ? OperationStatus.NeedMoreData
            : fields.PaddingIsZero ? OperationStatus.Done
            : OperationStatus.InvalidData;
    }

    static bool TryReadState(ref BitReader fields, int length, out uint state)
    {
        bool read = fields.TryRead(length - 1, out uint rest);
        state = (1u << (length - 1)) | rest;
        return read;
    }

    static int BitLength(uint state) => 32 - BitOperations.LeadingZeroCount(state);
}
