using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

/// <summary>The harness finds what it is there to find.</summary>
public class KernelCheckTests
{
    delegate void Copy(ReadOnlySpan<float> source, Span<float> destination);

    [Fact]
    public void A_right_variant_passes() => Check((source, destination) => source.CopyTo(destination));

    [Fact]
    public void A_flipped_sign_of_zero_is_found() =>
        Fails("element", (source, destination) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                destination[i] = source[i] + 0f;
            }
        });

    [Fact]
    public void A_last_element_left_out_is_found() =>
        Fails("element 18", (source, destination) => source[..Math.Min(18, source.Length)].CopyTo(destination));

    [Fact]
    public unsafe void A_write_past_the_end_is_found() =>
        Fails("outside its output, at", (source, destination) =>
        {
            source.CopyTo(destination);
            fixed (float* first = &System.Runtime.InteropServices.MemoryMarshal.GetReference(destination))
            {
                first[destination.Length] = 1;
            }
        });

    static void Fails(string reason, Copy variant)
    {
        string message = Assert.ThrowsAny<Exception>(() => Check(variant)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("Copy/Scalar", message, StringComparison.Ordinal);
    }

    static void Check(Copy variant)
    {
        var table = new KernelTable<Copy>(
            "Copy",
            new Variant<Copy>(IsaLevel.Scalar, (source, destination) => source.CopyTo(destination)),
            new Variant<Copy>(IsaLevel.Scalar, variant));
        KernelCase<Copy, float, float>[] cases =
        [
            .. Enumerable.Range(0, 20).Select(length => new KernelCase<Copy, float, float>(
                $"{length}", [length], length, (kernel, inputs, output) => kernel(inputs[0], output))),
        ];
        KernelCheck.Exact(table, cases, Patterns.Floats);
    }
}
