namespace Lacuna.Kernels;

/// <summary>How the vectors and indices of one <see cref="NearestCode"/> lie in memory. Strides are in elements.</summary>
/// <param name="Vectors">Vectors, 0 or more.</param>
/// <param name="SourceStride">From one vector to the next; at least the dimensions.</param>
/// <param name="IndexStride">From one vector's index to the next's; at least 1.</param>
public readonly record struct NearestCodeShape(int Vectors, int SourceStride, int IndexStride = 1);
