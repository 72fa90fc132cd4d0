namespace Lacuna.Kernels;

/// <summary>What <see cref="GatherCodewords"/> does with the sum of a vector's codewords.</summary>
public enum GatherMode
{
    /// <summary>It is the vector.</summary>
    Replace = 0,

    /// <summary>Its codewords are added to the vector, one after the other.</summary>
    Add = 1,

    /// <summary>Its codewords are subtracted from the vector, one after the other.</summary>
    Subtract = 2,
}

/// <summary>How the indices and vectors of one <see cref="GatherCodewords"/> lie in memory. Strides are in elements.</summary>
/// <param name="Vectors">Vectors, 0 or more.</param>
/// <param name="IndexStride">From one vector's first index to the next's; at least the stages.</param>
/// <param name="DestinationStride">From one vector to the next; at least the dimensions.</param>
/// <param name="Mode">What is done with the sum.</param>
public readonly record struct GatherShape(
    int Vectors, int IndexStride, int DestinationStride, GatherMode Mode = GatherMode.Replace);
