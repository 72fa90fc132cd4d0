using System.Buffers;
using System.Runtime.CompilerServices;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>What stands before the words of an indexed rANS stream: lanes, tail, and the states that decoding begins with.</summary>
/// <remarks>
/// <code>
///   byte 0     0 to 32: one lane; the bit length of its state
///              33 + 16 k + n - 17: 4, 32, 64, 128, 256 lanes for k = 0 .. 4; n, 17 to 32, the bit length of lane 0's state
///   varint     tail: symbols at the end that lane 0 codes alone          only where there is more than one lane
///   bit field  lane 0:      its state without the leading 1
///              lane 1 ...:  4 bits, bit length less 17; the state without the leading 1
/// </code>
/// <para>Source: docs/format.md, section 4.</para>
/// </remarks>
static class RansHeader
{
    /// <summary>The largest number of lanes.</summary>
    public const int MaxLanes = 256;

    /// <summary>Bytes that the longest header takes.</summary>
    public const int MaxBytes = 1 + 5 + ((MaxLanes * 35) / 8) + 1;

    /// <summary>
    /// The encoder's first state of lane 0 where it begins alone. Not 0: a stream cut short decays to 0, and must not seem to close.
    /// </summary>
    public const uint AloneState = 1;

    /// <summary>The encoder's first state of a lane that carries a word of the tail in its low half.</summary>
    public const uint LentState = 1u << 16;

    /// <summary>The encoder's first state of any other lane but lane 0.</summary>
    public const uint IdleState = 2u << 16;

    /// <summary>Bits of the largest state.</summary>
    const int MaxLength = 32;

    /// <summary>Bits of the smallest state of a lane among others.</summary>
    const int MinLength = 17;

    const int Lengths = MaxLength - MinLength + 1;

    static ReadOnlySpan<ushort> ManyLanes => [4, 32, 64, 128, 256];

    /// <summary>Whether a stream can have this many lanes.</summary>
    public static bool IsLaneCount(int lanes) => lanes == 1 || (lanes is > 0 and <= MaxLanes && ManyLanes.Contains((ushort)lanes));

    /// <summary>Writes a header.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<uint> states, int tail, Span<byte> destination)
    {
        var head = new ByteWriter(destination);
        int length = BitLength(states[0]);
        if (states.Length == 1)
        {
            head.TryWriteU8((byte)length);
        }
        else
        {
            int kind = ManyLanes.IndexOf((ushort)states.Length);
            head.TryWriteU8((byte)(MaxLength + 1 + (kind * Lengths) + length - MinLength));
            head.TryWriteVarint((ulong)tail);
        }

        var fields = new BitWriter(head.Remaining);
        fields.Write(states[0], length - 1);
        foreach (uint state in states[1..])
        {
            fields.Write((uint)(BitLength(state) - MinLength), 4);
            fields.Write(state, BitLength(state) - 1);
        }

        return head.Written + fields.Written;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="count">Symbols in the stream, 1 or more.</param>
    /// <param name="states">Room for <see cref="MaxLanes"/>.</param>
    /// <param name="lanes">Receives the number of lanes.</param>
    /// <param name="tail">Receives the symbols at the end that lane 0 codes alone: all, where it is the only lane.</param>
    /// <param name="consumed">Receives the bytes read.</param>
    public static OperationStatus Read(
        ReadOnlySpan<byte> source, int count, Span<uint> states, out int lanes, out int tail, out int consumed)
    {
        (lanes, tail, consumed) = (1, count, 0);
        var head = new ByteReader(source);
        if (!head.TryReadU8(out byte first))
        {
            return OperationStatus.NeedMoreData;
        }

        int length = first;
        if (first > MaxLength)
        {
            (int kind, length) = Math.DivRem(first - MaxLength - 1, Lengths);
            length += MinLength;
            if (kind >= ManyLanes.Length)
            {
                return OperationStatus.InvalidData;
            }

            lanes = ManyLanes[kind];
            if (!head.TryReadVarint(out ulong symbols) || symbols > (ulong)count)
            {
                return OperationStatus.InvalidData;
            }

            tail = (int)symbols;
        }

        var fields = new BitReader(head.Remaining);
        for (int lane = 0; lane < lanes; lane++)
        {
            uint shortfall = 0;
            if (lane > 0 && !fields.TryRead(4, out shortfall))
            {
                return OperationStatus.NeedMoreData;
            }

            length = lane > 0 ? (int)shortfall + MinLength : length;
            if (!fields.TryRead(Math.Max(length - 1, 0), out uint low))
            {
                return OperationStatus.NeedMoreData;
            }

            states[lane] = length == 0 ? 0 : low | (1u << (length - 1));
        }

        consumed = head.Consumed + fields.Consumed;
        return fields.PaddingIsZero ? OperationStatus.Done : OperationStatus.InvalidData;
    }

    static int BitLength(uint state) => 32 - System.Numerics.BitOperations.LeadingZeroCount(state);
}

/// <summary>A state for each lane, without an allocation.</summary>
[InlineArray(RansHeader.MaxLanes)]
struct LaneStates
{
    uint first;
}

/// <summary>The words that lane 0 reads in the tail: one from each other lane.</summary>
[InlineArray(sizeof(ushort) * (RansHeader.MaxLanes - 1))]
struct ParkedWords
{
    byte first;
}
