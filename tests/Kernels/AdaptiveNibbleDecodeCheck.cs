using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<AdaptiveNibbleDecode.Fn, byte, byte>;

public class AdaptiveNibbleDecodeCheck
{
    public static TheoryData<int, int> Forms => new() { { 1, 1 }, { 32, 1 }, { 32, 8 } };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_variant_writes_the_bits_of_the_reference_whatever_the_words(int states, int models) =>
        KernelCheck.Exact(
            AdaptiveNibbleDecode.Table,
            [
                .. from count in Enumerable.Range(0, 6 * AdaptiveNibbleDecode.GroupBytes).Append(100)
                   from words in new[] { 4 * count, count, 1, 0 }
                   select Call(states, models, count, words),
                Call(states, models, 5000, 10_001),
                Call(states, models, 5000, 4001),
            ],
            Patterns.Bytes);

    [Fact]
    public void A_nibble_is_taken_out_and_its_context_learns_it()
    {
        // Slot 0x1800 is the first of nibble 3, and 2048 * 0x20 = 0x1_0000 needs no word; slot 0 is nibble 0's, and 2048 * 2 does.
        var models = new NibbleModel[1];
        models[0].Reset();
        uint[] states = [0x0010_1800];
        byte[] bytes = new byte[1];
        Assert.Equal(2, AdaptiveNibbleDecode.Run(models, states, [0x34, 0x12, 0x78], bytes));
        Assert.Equal([0x30], bytes);
        Assert.Equal([0x1000_1234u], states);

        // A quarter of the way from 6144 to 3, and from 8192 to 32756.
        Assert.Equal([4609, 14333], models[0][0].Distribution[3..5].ToArray());
        Assert.Equal(3, models[0][4].Age);
        Assert.Equal(2, models[0][5].Age);
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        foreach ((int models, int states) in new[] { (0, 1), (8, 1), (2, 16), (8, 16), (1, 16), (4, 32), (1, 2), (1, 0) })
        {
            Assert.ThrowsAny<ArgumentException>(
                () => AdaptiveNibbleDecode.Run(new NibbleModel[models], new uint[states], [], new byte[1]));
        }
    }

    /// <summary>Inputs: words, states, bytes that the models have seen. Output: bytes, states, models, bytes read.</summary>
    static Case Call(int states, int models, int count, int words)
    {
        int modelsAt = count + (sizeof(uint) * states);
        int readAt = modelsAt + (Marshal.SizeOf<NibbleModel>() * models);
        return new Case(
            $"{states} states, {models} models, {count} bytes, {words} bytes of words",
            [words, sizeof(uint) * states, 64],
            readAt + sizeof(int),
            (kernel, inputs, output) =>
            {
                Span<uint> state = MemoryMarshal.Cast<byte, uint>(output[count..modelsAt]);
                Span<NibbleModel> model = MemoryMarshal.Cast<byte, NibbleModel>(output[modelsAt..readAt]);
                MemoryMarshal.Cast<byte, uint>(inputs[1]).CopyTo(state);
                AdaptiveNibbleEncodeCheck.Train(model, inputs[2]);
                MemoryMarshal.Write(output[readAt..], kernel(model, state, inputs[0], output[..count]));
            });
    }
}
