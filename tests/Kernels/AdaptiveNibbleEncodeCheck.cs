using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<AdaptiveNibbleEncode.Fn, byte, byte>;

public class AdaptiveNibbleEncodeCheck
{
    [Theory]
    [MemberData(nameof(AdaptiveNibbleDecodeCheck.Forms), MemberType = typeof(AdaptiveNibbleDecodeCheck))]
    public void Every_variant_writes_the_bits_of_the_reference(int states, int models) =>
        KernelCheck.Exact(
            AdaptiveNibbleEncode.Table,
            [.. Enumerable.Range(0, 6 * AdaptiveNibbleDecode.GroupBytes).Concat([100, 5000]).Select(count => Call(states, models, count))],
            Patterns.Bytes);

    [Theory]
    [MemberData(nameof(AdaptiveNibbleDecodeCheck.Forms), MemberType = typeof(AdaptiveNibbleDecodeCheck))]
    public void Decoding_gives_the_bytes_and_the_first_states_back(int states, int models)
    {
        var random = new Random(1);
        foreach (int count in Enumerable.Range(0, 40).Append(3001))
        {
            byte[] source = [.. Enumerable.Range(0, count).Select(_ => (byte)(random.Next(7) * random.Next(30)))];
            uint[] state = [.. Enumerable.Repeat(AdaptiveNibbleDecode.LowerBound, states)];
            uint[] first = [.. state];
            var words = new byte[AdaptiveNibbleEncode.MaxBytesPerByte * count];
            int written = AdaptiveNibbleEncode.Run(
                New(models), source, state, new uint[AdaptiveNibbleEncode.NibblesPerByte * count], words);

            var decoded = new byte[count];
            Assert.Equal(written, AdaptiveNibbleDecode.Run(New(models), state, words.AsSpan(words.Length - written), decoded));
            Assert.Equal(source, decoded);
            Assert.Equal(first, state);
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => AdaptiveNibbleEncode.Run(New(8), [1], new uint[1], new uint[2], new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => AdaptiveNibbleEncode.Run(New(1), [1], new uint[16], new uint[2], new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => AdaptiveNibbleEncode.Run(New(1), [1], new uint[1], new uint[1], new byte[4]));
        Assert.ThrowsAny<ArgumentException>(() => AdaptiveNibbleEncode.Run(New(1), [1], new uint[1], new uint[2], new byte[3]));
    }

    /// <summary>Makes models of any age and shape by letting them code bytes.</summary>
    internal static void Train(Span<NibbleModel> models, ReadOnlySpan<byte> seen)
    {
        New(models.Length).CopyTo(models);
        for (int i = 0; i < models.Length; i++)
        {
            ReadOnlySpan<byte> bytes = seen[(seen.Length * i / models.Length)..];
            AdaptiveNibbleEncode.Table.Reference.Run(
                models.Slice(i, 1), bytes, [AdaptiveNibbleDecode.LowerBound], new uint[2 * bytes.Length], new byte[4 * bytes.Length]);
        }
    }

    static NibbleModel[] New(int count)
    {
        var models = new NibbleModel[count];
        foreach (ref NibbleModel model in models.AsSpan())
        {
            model.Reset();
        }

        return models;
    }

    /// <summary>Inputs: bytes, states, bytes that the models have seen. Output: words, states, models, bytes written.</summary>
    static Case Call(int states, int models, int count)
    {
        int statesAt = AdaptiveNibbleEncode.MaxBytesPerByte * count;
        int modelsAt = statesAt + (sizeof(uint) * states);
        int writtenAt = modelsAt + (Marshal.SizeOf<NibbleModel>() * models);
        return new Case(
            $"{states} states, {models} models, {count} bytes",
            [count, sizeof(uint) * states, 64],
            writtenAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> state = MemoryMarshal.Cast<byte, uint>(output[statesAt..modelsAt]);
                Span<NibbleModel> model = MemoryMarshal.Cast<byte, NibbleModel>(output[modelsAt..writtenAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[1]).CopyTo(state);
                foreach (ref uint each in state)
                {
                    each |= AdaptiveNibbleDecode.LowerBound; // at a state below the bound spilling would not undo refilling
                }

                Train(model, inputs[2]);
                int written = kernel(model, inputs[0], state, new uint[2 * count], output[..statesAt]);
                output[..(statesAt - written)].Clear(); // what lies before the words may be anything
                MemoryMarshal.Write(output[writtenAt..], written);
            });
    }
}
