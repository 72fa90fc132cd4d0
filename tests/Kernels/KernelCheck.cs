using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

/// <summary>Compares every variant of a kernel with its reference on the same inputs.</summary>
static class KernelCheck
{
    const int Margin = 64;
    const byte Canary = 0xA5;

    /// <summary>
    /// Every runnable variant must write the bits that the reference writes, and nothing else. Any NaN stands for any other.
    /// </summary>
    public static void Exact<TFn, TIn, TOut>(
        KernelTable<TFn> table,
        IReadOnlyList<KernelCase<TFn, TIn, TOut>> cases,
        IReadOnlyList<Pattern<TIn>> patterns)
        where TFn : Delegate
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int slots = cases.Max(each => each.InputCounts.Count);
        int[] capacities = [.. Enumerable.Range(0, slots).Select(slot => cases.Max(each => each.InputCounts.ElementAtOrDefault(slot)))];
        using var inputs = new KernelInputs<TIn>(capacities);

        for (int index = 0; index < cases.Count; index++)
        {
            foreach (Pattern<TIn> pattern in patterns)
            {
                int seed = index; // the case's own number, so that a failure replays
                inputs.Fill(cases[index].InputCounts, pattern, new Random(seed));
                Compare(table, cases[index], inputs, pattern, seed);
            }
        }
    }

    static void Compare<TFn, TIn, TOut>(
        KernelTable<TFn> table,
        KernelCase<TFn, TIn, TOut> shape,
        KernelInputs<TIn> inputs,
        Pattern<TIn> pattern,
        int seed)
        where TFn : Delegate
        where TIn : unmanaged
        where TOut : unmanaged
    {
        TOut[] expected = Execute(table.Reference);
        foreach (Variant<TFn> variant in table.Runnable)
        {
            TOut[] actual = Execute(variant);
            int at = FirstDifference(expected, actual);
            if (at >= 0)
            {
                int element = at - Margin;
                string where = element >= 0 && element < shape.OutputCount ? $"element {element}" : $"outside its output, at {element}";
                Assert.Fail(
                    $"{table.Name}/{variant}: {where}, pattern '{pattern}', shape {shape.Shape}, seed {seed}: " +
                    $"expected {Describe(expected[at])}, got {Describe(actual[at])}");
            }
        }

        TOut[] Execute(Variant<TFn> variant)
        {
            var output = new TOut[shape.OutputCount + 2 * Margin];
            MemoryMarshal.AsBytes(output.AsSpan()).Fill(Canary);
            Span<TOut> inside = output.AsSpan(Margin, shape.OutputCount);
            if (shape.InPlace)
            {
                pattern.Fill(new Random(~seed), MemoryMarshal.Cast<TOut, TIn>(inside));
            }

            shape.Call(variant.Run, inputs, inside);
            return output;
        }
    }

    static int FirstDifference<T>(T[] expected, T[] actual)
        where T : unmanaged
    {
        for (int at = 0; at < expected.Length; at++)
        {
            if (!Same(expected[at], actual[at]))
            {
                return at;
            }
        }

        return -1;
    }

    static bool Same<T>(T expected, T actual)
        where T : unmanaged =>
        Bytes(ref expected).SequenceEqual(Bytes(ref actual))
        || (expected is float and float.NaN && actual is float and float.NaN);

    static string Describe<T>(T value)
        where T : unmanaged =>
        $"{value} (0x{Convert.ToHexString([.. Bytes(ref value).ToArray().Reverse()])})";

    static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
}
