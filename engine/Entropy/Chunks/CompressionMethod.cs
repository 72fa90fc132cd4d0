namespace Lacuna.Entropy;

/// <summary>How a payload is compressed. docs/entropy.md, "Which coder should I use?", compares them.</summary>
public enum CompressionMethod
{
    /// <summary>Chunk by chunk the method that promises the fewest bytes.</summary>
    Auto = 0,

    /// <summary>As it is, with checksums.</summary>
    Stored,

    /// <summary>Static rANS: one table of the bytes' frequencies for each chunk.</summary>
    Rans,

    /// <summary>Adaptive rANS: frequencies learnt on the way.</summary>
    Adaptive,

    /// <summary>LZ4 blocks: repeated strings; the fastest to read.</summary>
    Lz4,

    /// <summary>One LZ4 frame instead of chunks: the file that the program <c>lz4</c> makes.</summary>
    Lz4Frame,

    /// <summary>Floats of <see cref="CompressorOptions.FloatKind"/> in planes, exponents apart from mantissas.</summary>
    Floats,
}

/// <summary>Kinds of floats, all little-endian.</summary>
public enum FloatKind
{
    /// <summary>The upper half of a float32: 8 bits of exponent.</summary>
    BFloat16 = 1,

    /// <summary>IEEE 754 binary16: 5 bits of exponent.</summary>
    Float16 = 2,

    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 3,
}

/// <summary>What is known of a kind of floats.</summary>
static class FloatKinds
{
    /// <summary>Whether there is such a kind.</summary>
    public static bool IsKnown(FloatKind kind) => kind is >= FloatKind.BFloat16 and <= FloatKind.Float32;

    /// <summary>Bytes of a float.</summary>
    public static int Width(this FloatKind kind) => kind == FloatKind.Float32 ? 4 : 2;
}
