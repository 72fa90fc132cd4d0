namespace Lacuna.Kernels;

/// <summary>The planes of 2- or 4-byte floats, wherever each of them lies: a view, which owns nothing.</summary>
public readonly ref struct FloatPlanes
{
    /// <summary>Planes of floats of 2 bytes.</summary>
    /// <param name="first">The highest bytes.</param>
    /// <param name="second">As long; the lowest bytes.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public FloatPlanes(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        Width = 2;
        First = first;
        Second = second;
    }

    /// <summary>Planes of floats of 4 bytes.</summary>
    /// <param name="first">The highest bytes.</param>
    /// <param name="second">As long; the next.</param>
    /// <param name="third">As long; the next.</param>
    /// <param name="fourth">As long; the lowest bytes.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public FloatPlanes(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        ArgumentOutOfRangeException.ThrowIfNotEqual(third.Length, first.Length, nameof(third));
        ArgumentOutOfRangeException.ThrowIfNotEqual(fourth.Length, first.Length, nameof(fourth));
        Width = 4;
        First = first;
        Second = second;
        Third = third;
        Fourth = fourth;
    }

    /// <summary>Bytes of a float: 2 or 4.</summary>
    public int Width { get; }

    /// <summary>Floats.</summary>
    public int Count => First.Length;

    /// <summary>Plane 0.</summary>
    public ReadOnlySpan<byte> First { get; }

    /// <summary>Plane 1.</summary>
    public ReadOnlySpan<byte> Second { get; }

    /// <summary>Plane 2; empty where floats have 2 bytes.</summary>
    public ReadOnlySpan<byte> Third { get; }

    /// <summary>Plane 3; empty where floats have 2 bytes.</summary>
    public ReadOnlySpan<byte> Fourth { get; }
}
