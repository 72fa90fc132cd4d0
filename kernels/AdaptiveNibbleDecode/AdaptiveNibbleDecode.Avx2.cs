using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86 = System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleDecode
{
    const int GroupWordBytes = States * sizeof(ushort);

    /// <summary>For each set of lanes that refill, the word that each of them takes: [256, 8].</summary>
    static readonly byte[] Ranks = MakeRanks();

    /// <summary>How the eight lanes share models.</summary>
    interface ISharing
    {
        static abstract bool OneModel { get; }
    }

    readonly struct OneForAll : ISharing
    {
        public static bool OneModel => true;
    }

    readonly struct OneALane : ISharing
    {
        public static bool OneModel => false;
    }

    /// <summary>What the lanes of a group read and write beside their states.</summary>
    unsafe struct Group
    {
        public byte* Models;
        public uint* Slots; // of the high nibbles, then of the low ones
        public nuint* Highs;
        public byte* To;
        public short* Weights;
    }

    static int Avx2(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
    {
        int read = 0;
        int done = states.Length == 1 ? 0
            : models.Length == 1 ? Groups<OneForAll>(models, states, words, destination, out read)
            : Groups<OneALane>(models, states, words, destination, out read);
        return read + Serial<Context256>(models, states, words[read..], destination[done..]);
    }

    /// <summary>Whole groups, as long as the words cannot end within one.</summary>
    /// <returns>Bytes decoded.</returns>
    static int Groups<TSharing>(
        Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination, out int read)
        where TSharing : ISharing
    {
        fixed (NibbleModel* model = models)
        fixed (uint* state = states)
        fixed (byte* firstWord = words)
        fixed (byte* first = destination)
        fixed (short* weights = AdaptiveCdf.Weights)
        fixed (byte* ranks = Ranks)
        {
            uint* slots = stackalloc uint[States];
            nuint* highs = stackalloc nuint[Lanes];
            var group = new Group { Models = (byte*)model, Slots = slots, Highs = highs, To = first, Weights = weights };
            byte* end = first + (destination.Length & -Lanes);
            byte* word = firstWord;
            byte* wordEnd = firstWord + words.Length;

            var mask = Vector256.Create((1u << AdaptiveCdf.ScaleBits) - 1);
            Vector256<uint> high = Vector256.Load(state);
            Vector256<uint> low = Vector256.Load(state + Lanes);
            Vector256<short> top = Vector256.Load((short*)model);
            for (; group.To < end && wordEnd - word >= GroupWordBytes; group.To += Lanes)
            {
                Vector256<uint> slot = high & mask;
                slot.Store(slots);
                Vector128<uint> a = default;
                Vector128<uint> b = default;
                a = High<TSharing>(a, 0, 0, group, ref top);
                a = High<TSharing>(a, 1, 1, group, ref top);
                a = High<TSharing>(a, 2, 2, group, ref top);
                a = High<TSharing>(a, 3, 3, group, ref top);
                b = High<TSharing>(b, 0, 4, group, ref top);
                b = High<TSharing>(b, 1, 5, group, ref top);
                b = High<TSharing>(b, 2, 6, group, ref top);
                b = High<TSharing>(b, 3, 7, group, ref top);
                high = Advance(high, slot, Vector256.Create(a, b), ref word, ranks);

                slot = low & mask;
                slot.Store(slots + Lanes);
                a = Low<TSharing>(a, 0, 0, group);
                a = Low<TSharing>(a, 1, 1, group);
                a = Low<TSharing>(a, 2, 2, group);
                a = Low<TSharing>(a, 3, 3, group);
                b = Low<TSharing>(b, 0, 4, group);
                b = Low<TSharing>(b, 1, 5, group);
                b = Low<TSharing>(b, 2, 6, group);
                b = Low<TSharing>(b, 3, 7, group);
                low = Advance(low, slot, Vector256.Create(a, b), ref word, ranks);
            }

            high.Store(state);
            low.Store(state + Lanes);
            read = (int)(word - firstWord);
            return (int)(group.To - first);
        }
    }

    /// <param name="pairs">Receives the nibble's pair (<see cref="IContext.Decode"/>).</param>
    /// <param name="at">Where: 0 to 3.</param>
    /// <param name="lane">The lane, 0 to 7.</param>
    /// <param name="group">The group.</param>
    /// <param name="top">The one model's distribution of high nibbles, which so never waits for memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> High<TSharing>(
        Vector128<uint> pairs, [ConstantExpected] byte at, nint lane, in Group group, ref Vector256<short> top)
        where TSharing : ISharing
    {
        byte* model = Model<TSharing>(group, lane);
        Vector256<short> entries = TSharing.OneModel ? top : Vector256.Load((short*)model);
        Vector256<short> slot = Vector256.Create(*(short*)(group.Slots + lane));
        group.Highs[lane] = Context256.Find(entries, slot, model, out Vector256<short> above, out uint pair);
        pairs = Sse41.Insert(pairs, pair, at);
        entries = Context256.Learn(entries, above, Grow((ushort*)(model + NibbleModel.AgesAt), group.Weights));
        entries.Store((short*)model);
        if (TSharing.OneModel)
        {
            top = entries;
        }

        return pairs;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> Low<TSharing>(Vector128<uint> pairs, [ConstantExpected] byte at, nint lane, in Group group)
        where TSharing : ISharing
    {
        byte* model = Model<TSharing>(group, lane);
        nuint high = group.Highs[lane];
        byte* row = model + (16 * high);
        Vector256<short> entries = Vector256.Load((short*)row);
        Vector256<short> slot = Vector256.Create(*(short*)(group.Slots + Lanes + lane));
        nuint low = Context256.Find(entries, slot, row, out Vector256<short> above, out uint pair);
        pairs = Sse41.Insert(pairs, pair, at);
        Context256.Learn(entries, above, Grow((ushort*)(model + NibbleModel.AgesAt + high), group.Weights)).Store((short*)row);
        group.To[lane] = Join(high, low);
        return pairs;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte* Model<TSharing>(in Group group, nint lane)
        where TSharing : ISharing =>
        group.Models + (TSharing.OneModel ? 0 : lane * NibbleModel.Bytes);

    /// <summary>Eight states take their nibbles out and refill.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Advance(Vector256<uint> states, Vector256<uint> slots, Vector256<uint> pairs, ref byte* word, byte* ranks)
    {
        Vector256<uint> starts = pairs & Vector256.Create(0xFFFFu);
        Vector256<uint> frequencies = ((pairs >> 16) - starts) & Vector256.Create((1u << AdaptiveCdf.ScaleBits) - 1);
        states = (frequencies * (states >> AdaptiveCdf.ScaleBits)) + (slots - starts);

        Vector256<uint> empty = Vector256.Equals(states >> 16, Vector256<uint>.Zero);
        uint lanes = empty.ExtractMostSignificantBits();
        Vector256<int> next = X86.Avx2.ConvertToVector256Int32((ushort*)word);
        Vector256<int> rank = X86.Avx2.ConvertToVector256Int32(ranks + (Lanes * (nuint)lanes));
        word += sizeof(ushort) * BitOperations.PopCount(lanes);
        return Vector256.ConditionalSelect(empty, (states << 16) | X86.Avx2.PermuteVar8x32(next, rank).AsUInt32(), states);
    }

    static byte[] MakeRanks()
    {
        byte[] ranks = GC.AllocateArray<byte>(256 * Lanes, pinned: true);
        for (int at = 0; at < ranks.Length; at++)
        {
            uint below = (uint)(at / Lanes) & ((1u << (at % Lanes)) - 1);
            ranks[at] = (byte)BitOperations.PopCount(below);
        }

        return ranks;
    }
}
