using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

public class AdaptiveCdfTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    public void Vectors_find_and_learn_as_the_reference_does_and_no_frequency_falls_to_0(int symbols)
    {
        short[] entries = new short[AdaptiveCdf.Entries], expected = new short[AdaptiveCdf.Entries];
        var age = (ushort)AdaptiveCdf.Reset(entries, symbols);
        ushort expectedAge = age;
        entries.CopyTo(expected, 0);
        var random = new Random(symbols);
        for (int i = 0; i < 5000; i++)
        {
            int slot = random.Next(4) switch { 0 => 0, 1 => 32767, _ => random.Next(32768) };
            Assert.Equal(AdaptiveCdf.FindScalar(expected, symbols, slot), AdaptiveCdf.Find(entries, symbols, slot));

            int symbol = i < 2000 ? i / 1000 * (symbols - 1) : random.Next(symbols); // a thousand times the first, then the last
            AdaptiveCdf.UpdateScalar(expected, symbols, symbol, ref expectedAge);
            AdaptiveCdf.Update(entries, symbols, symbol, ref age);
            Assert.Equal(expected, entries);
            Assert.Equal(expectedAge, age);

            int[] starts = [.. entries.Take(symbols).Select(entry => (int)entry), 32768];
            Assert.Equal(0, starts[0]);
            Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        }

        Assert.Equal(AdaptiveCdf.MaxAge, age);
    }

    [Fact]
    public void A_rounded_product_is_the_same_with_and_without_its_instruction() =>
        Prop.ForAll<short, short>((x, y) =>
        {
            foreach (short edge in new short[] { y, 0, 1, -1, 16384, short.MaxValue })
            {
                Vector128<short> product = RoundedProduct.Of(Vector128.Create(x), Vector128.Create(edge));
                Assert.Equal((short)(((x * edge) + 16384) >> 15), product[3]);
                Assert.Equal(product, RoundedProduct.Widened(Vector128.Create(x), Vector128.Create(edge)));
            }
        }).QuickCheckThrowOnFailure();
}
