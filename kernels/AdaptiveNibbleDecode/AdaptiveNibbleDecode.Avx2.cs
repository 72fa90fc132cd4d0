using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86 = System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleDecode
{
    const int Lanes = MaxStates / 2;
    const int Sets = Lanes / GroupBytes;
    const int GroupWordBytes = 2 * GroupBytes * sizeof(ushort);

    /// <summary>For each set of lanes that refill, the word that each of them takes: [256, 8].</summary>
    static readonly byte[] Ranks = MakeRanks();

    /// <summary>How the lanes share models.</summary>
    interface ISharing
    {
        /// <summary>Whether all lanes share one model.</summary>
        static abstract bool OneModel { get; }
    }

    readonly struct OneModel : ISharing
    {
        static bool ISharing.OneModel => true;
    }

    readonly struct EightModels : ISharing
    {
        static bool ISharing.OneModel => false;
    }

    /// <summary>What the lanes of a group read and write beside their states.</summary>
    struct Group
    {
        public NibbleModel* Models;
        public uint* Slots; // in both halves; of the high nibbles, then of the low ones
        public nuint* Highs; // as INibbleStep.Decode returns them
        public byte* To;
        public uint* Weights;
    }

    static int Avx2(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
    {
        int read = 0;
        int done = states.Length == 1 ? 0
            : models.Length == 1 ? Groups<OneModel>(models, states, words, destination, out read)
            : Groups<EightModels>(models, states, words, destination, out read);
        return read + Serial<NibbleStep256>(models, states, words[read..], destination[done..]);
    }

    /// <summary>Whole groups of all sets, as long as the words cannot end within one.</summary>
    /// <returns>Bytes decoded.</returns>
    static int Groups<TSharing>(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination, out int read)
        where TSharing : ISharing
    {
        fixed (NibbleModel* model = models)
        fixed (uint* state = states)
        fixed (byte* firstWord = words)
        fixed (byte* first = destination)
        fixed (uint* weights = AdaptiveCdf.Weights)
        fixed (byte* ranks = Ranks)
        {
            uint* slots = stackalloc uint[2 * GroupBytes];
            nuint* highs = stackalloc nuint[GroupBytes];
            var group = new Group { Models = model, Slots = slots, Highs = highs, To = first, Weights = weights };
            byte* end = first + (destination.Length & -Lanes);
            byte* word = firstWord;
            byte* wordEnd = firstWord + words.Length;

            Vector256<uint> high = Vector256.Load(state);
            Vector256<uint> otherHigh = Vector256.Load(state + GroupBytes);
            Vector256<uint> low = Vector256.Load(state + Lanes);
            Vector256<uint> otherLow = Vector256.Load(state + Lanes + GroupBytes);
            Vector256<short> top = Vector256.Load((short*)model);
            while (group.To < end && wordEnd - word >= Sets * GroupWordBytes)
            {
                for (int set = 0; set < Sets; set++, group.To += GroupBytes)
                {
                    Vector256<uint> slot = Slots(high, slots);
                    Vector128<uint> high0 = High<TSharing>(0, group, ref top);
                    Vector128<uint> high1 = High<TSharing>(1, group, ref top);
                    Vector128<uint> high2 = High<TSharing>(2, group, ref top);
                    Vector128<uint> high3 = High<TSharing>(3, group, ref top);
                    Vector128<uint> high4 = High<TSharing>(4, group, ref top);
                    Vector128<uint> high5 = High<TSharing>(5, group, ref top);
                    Vector128<uint> high6 = High<TSharing>(6, group, ref top);
                    Vector128<uint> high7 = High<TSharing>(7, group, ref top);
                    Vector256<uint> pairs = Join(high0, high1, high2, high3, high4, high5, high6, high7);
                    high = Advance(high, slot, pairs, ref word, ranks);

                    slot = Slots(low, slots + GroupBytes);
                    Vector128<uint> low0 = Low<TSharing>(0, group);
                    Vector128<uint> low1 = Low<TSharing>(1, group);
                    Vector128<uint> low2 = Low<TSharing>(2, group);
                    Vector128<uint> low3 = Low<TSharing>(3, group);
                    Vector128<uint> low4 = Low<TSharing>(4, group);
                    Vector128<uint> low5 = Low<TSharing>(5, group);
                    Vector128<uint> low6 = Low<TSharing>(6, group);
                    Vector128<uint> low7 = Low<TSharing>(7, group);
                    pairs = Join(low0, low1, low2, low3, low4, low5, low6, low7);
                    low = Advance(low, slot, pairs, ref word, ranks);

                    // Groups take turns with two sets of states, so that none waits for the group just before it.
                    (high, otherHigh) = (otherHigh, high);
                    (low, otherLow) = (otherLow, low);
                }
            }

            high.Store(state);
            otherHigh.Store(state + GroupBytes);
            low.Store(state + Lanes);
            otherLow.Store(state + Lanes + GroupBytes);
            read = (int)(word - firstWord);
            return (int)(group.To - first);
        }
    }

    /// <summary>Decodes a lane's high nibble.</summary>
    /// <param name="lane">The lane in its set, 0 to 7.</param>
    /// <param name="group">The group.</param>
    /// <param name="top">The one model's distribution of high nibbles: so it never waits for memory.</param>
    /// <returns>The nibble's pair (<see cref="INibbleStep.Decode"/>).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> High<TSharing>(nint lane, in Group group, ref Vector256<short> top)
        where TSharing : ISharing
    {
        NibbleContext* context = Context(Model<TSharing>(group, lane), 0);
        Vector256<short> entries = TSharing.OneModel ? top : Vector256.Load(context->Entries);
        Vector256<short> above = Vector256.GreaterThan(entries, Vector256.Create(group.Slots[lane]).AsInt16());
        nuint high = AdaptiveCdf.Next(above);
        Vector128<uint> pair = Vector128.CreateScalarUnsafe(*NibbleContext.Pair(context, high));
        group.Highs[lane] = high;
        entries = NibbleStep256.Learn(context, entries, above, group.Weights);
        if (TSharing.OneModel)
        {
            top = entries;
        }

        return pair;
    }

    /// <summary>Decodes a lane's low nibble and writes the byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> Low<TSharing>(nint lane, in Group group)
        where TSharing : ISharing
    {
        nuint high = group.Highs[lane];
        NibbleContext* context = Context(Model<TSharing>(group, lane), high);
        Vector256<short> entries = Vector256.Load(context->Entries);
        Vector256<short> above = Vector256.GreaterThan(entries, Vector256.Create(group.Slots[GroupBytes + lane]).AsInt16());
        nuint low = AdaptiveCdf.Next(above);
        Vector128<uint> pair = Vector128.CreateScalarUnsafe(*NibbleContext.Pair(context, low));
        group.To[lane] = Join(high, low);
        NibbleStep256.Learn(context, entries, above, group.Weights);
        return pair;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static NibbleModel* Model<TSharing>(in Group group, nint lane)
        where TSharing : ISharing =>
        group.Models + (TSharing.OneModel ? 0 : lane);

    /// <summary>The slots of eight states, which go to memory so that each can be broadcast by a load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Slots(Vector256<uint> states, uint* memory)
    {
        Vector256<uint> slots = states & Vector256.Create((1u << AdaptiveCdf.ScaleBits) - 1);
        (slots | (slots << 16)).Store(memory);
        return slots;
    }

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
        Vector256<int> rank = X86.Avx2.ConvertToVector256Int32(ranks + (GroupBytes * (nuint)lanes));
        word += sizeof(ushort) * BitOperations.PopCount(lanes);
        return Vector256.ConditionalSelect(empty, (states << 16) | X86.Avx2.PermuteVar8x32(next, rank).AsUInt32(), states);
    }

    /// <summary>The first elements of eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Join(
        Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d,
        Vector128<uint> e, Vector128<uint> f, Vector128<uint> g, Vector128<uint> h) =>
        Vector256.Create(
            Sse2.UnpackLow(Sse2.UnpackLow(a, b).AsUInt64(), Sse2.UnpackLow(c, d).AsUInt64()).AsUInt32(),
            Sse2.UnpackLow(Sse2.UnpackLow(e, f).AsUInt64(), Sse2.UnpackLow(g, h).AsUInt64()).AsUInt32());

    static byte[] MakeRanks()
    {
        byte[] ranks = GC.AllocateArray<byte>(256 * GroupBytes, pinned: true);
        for (int at = 0; at < ranks.Length; at++)
        {
            uint below = (uint)(at / GroupBytes) & ((1u << (at % GroupBytes)) - 1);
            ranks[at] = (byte)BitOperations.PopCount(below);
        }

        return ranks;
    }
}
