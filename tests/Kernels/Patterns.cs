using System.Runtime.InteropServices;

namespace Lacuna.Tests.Kernels;

/// <summary>One way to fill a kernel's inputs.</summary>
sealed record Pattern<T>(string Name, Pattern<T>.Filler Fill)
{
    public delegate void Filler(Random random, Span<T> span);

    public override string ToString() => Name;
}

/// <summary>What kernels are fed: ordinary values, and the edges where variants part company.</summary>
static class Patterns
{
    static readonly float[] Edges =
    [
        0f, -0f, 1f, -1f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon,
        1.17549435e-38f, -1.17549435e-38f, float.PositiveInfinity, float.NegativeInfinity, 0.5f, 16777217f, 1e-20f, -1e20f,
    ];

    public static IReadOnlyList<Pattern<float>> Floats { get; } =
    [
        new("gaussian", Each(Gaussian)),
        new("zeros", Each(_ => 0f)),
        new("zeros of both signs", Each(r => r.Next(2) == 0 ? 0f : -0f)),
        new("halves", Each(r => r.Next(-9, 10) * 0.5f)),
        new("cancelling", Each(r => (r.Next(2) * 2 - 1) * MathF.ScaleB(1f, r.Next(-30, 31)))),
        new("denormal", Each(r => BitConverter.Int32BitsToSingle(r.Next(0x0080_0000) | r.Next(2) << 31))),
        new("products denormal", Each(r => Gaussian(r) * 1e-19f)),
        new("edges", Each(r => Edges[r.Next(Edges.Length)])),
        new("rare edges", Each(r => r.Next(20) == 0 ? Edges[r.Next(Edges.Length)] : Gaussian(r))),
        new("any bits", (r, span) => r.NextBytes(MemoryMarshal.AsBytes(span))),
    ];

    public static IReadOnlyList<Pattern<byte>> Bytes { get; } =
    [
        new("zeros", Each<byte>(_ => 0)),
        new("ones", Each<byte>(_ => 0xFF)),
        new("any bits", (r, span) => r.NextBytes(span)),
    ];

    public static IReadOnlyList<Pattern<uint>> Words { get; } =
    [
        new("zeros", Each(_ => 0u)),
        new("ones", Each(_ => uint.MaxValue)),
        new("single bits", Each(r => 1u << r.Next(32))),
        new("any bits", (r, span) => r.NextBytes(MemoryMarshal.AsBytes(span))),
    ];

    /// <summary>Near enough to a normal deviate: the sum of four uniform ones.</summary>
    static float Gaussian(Random random) =>
        (random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2) * 1.7f;

    static Pattern<T>.Filler Each<T>(Func<Random, T> next) => (random, span) =>
    {
        foreach (ref T element in span)
        {
            element = next(random);
        }
    };
}
