namespace Lacuna.Kernels;

/// <summary>How a network writes its numbers.</summary>
public enum NetworkFormat
{
    /// <summary>IEEE binary32, 4 bytes.</summary>
    Float32 = 0,

    /// <summary>IEEE binary16, 2 bytes.</summary>
    Float16 = 1,

    /// <summary>The upper half of a binary32, 2 bytes.</summary>
    BFloat16 = 2,
}
