using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>What finite scalar quantisation does to one dimension of several vectors, at one vector width.</summary>
/// <remarks>A vector holds float32, or 32-bit integers in the same bits.</remarks>
unsafe interface IFiniteScalarLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Vectors in a block.</summary>
    static abstract int Count { get; }

    /// <summary>Floats that lie a stride apart.</summary>
    static abstract TVector Gather(float* first, nint stride);

    /// <summary>Writes floats a stride apart.</summary>
    static abstract void Scatter(TVector values, float* first, nint stride);

    /// <summary>Integers: <c>level + (x >= threshold ? 1 : 0)</c>.</summary>
    static abstract TVector CountReached(TVector level, TVector x, float threshold);

    /// <summary>Integers: <c>index * levels + level</c>.</summary>
    static abstract TVector Append(TVector index, int levels, TVector level);

    /// <summary>Writes integers as 64-bit ones.</summary>
    static abstract void StoreIndices(TVector index, long* destination);

    /// <summary>Reads 64-bit integers below 2^22 as floats.</summary>
    static abstract TVector LoadIndices(long* source);

    /// <summary>Floats that are whole numbers below 2^22: <c>floor(x / divisor)</c>.</summary>
    static abstract TVector Quotient(TVector x, float divisor);

    /// <summary>Floats that are whole numbers below 2^22: <c>(x - quotient * levels - half) / half</c>.</summary>
    static abstract TVector Value(TVector x, TVector quotient, float levels, float half);
}

/// <summary>Four vectors at a time.</summary>
readonly unsafe struct FiniteScalarLanes128 : IFiniteScalarLanes<Vector128<float>>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gather(float* first, nint stride) =>
        Vector128.Create(first[0], first[stride], first[2 * stride], first[3 * stride]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Vector128<float> values, float* first, nint stride)
    {
        first[0] = values.ToScalar();
        first[stride] = values.GetElement(1);
        first[2 * stride] = values.GetElement(2);
        first[3 * stride] = values.GetElement(3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> CountReached(Vector128<float> level, Vector128<float> x, float threshold) =>
        (level.AsInt32() - Vector128.GreaterThanOrEqual(x, Vector128.Create(threshold)).AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Append(Vector128<float> index, int levels, Vector128<float> level) =>
        (index.AsInt32() * Vector128.Create(levels) + level.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndices(Vector128<float> index, long* destination)
    {
        (Vector128<long> low, Vector128<long> high) = Vector128.Widen(index.AsInt32());
        low.Store(destination);
        high.Store(destination + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadIndices(long* source) =>
        Vector128.ConvertToSingle(Vector128.Narrow(Vector128.Load(source), Vector128.Load(source + 2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Quotient(Vector128<float> x, float divisor) =>
        Vector128.Floor((x + Vector128.Create(0.5f)) * Vector128.Create(1 / divisor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Value(Vector128<float> x, Vector128<float> quotient, float levels, float half) =>
        (x - quotient * Vector128.Create(levels) - Vector128.Create(half)) / Vector128.Create(half);
}

/// <summary>Eight vectors at a time.</summary>
readonly unsafe struct FiniteScalarLanes256 : IFiniteScalarLanes<Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather(float* first, nint stride) =>
        Vector256.Create(FiniteScalarLanes128.Gather(first, stride), FiniteScalarLanes128.Gather(first + 4 * stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Vector256<float> values, float* first, nint stride)
    {
        FiniteScalarLanes128.Scatter(values.GetLower(), first, stride);
        FiniteScalarLanes128.Scatter(values.GetUpper(), first + 4 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> CountReached(Vector256<float> level, Vector256<float> x, float threshold) =>
        (level.AsInt32() - Vector256.GreaterThanOrEqual(x, Vector256.Create(threshold)).AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Append(Vector256<float> index, int levels, Vector256<float> level) =>
        (index.AsInt32() * Vector256.Create(levels) + level.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndices(Vector256<float> index, long* destination)
    {
        (Vector256<long> low, Vector256<long> high) = Vector256.Widen(index.AsInt32());
        low.Store(destination);
        high.Store(destination + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadIndices(long* source) =>
        Vector256.ConvertToSingle(Vector256.Narrow(Vector256.Load(source), Vector256.Load(source + 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Quotient(Vector256<float> x, float divisor) =>
        Vector256.Floor((x + Vector256.Create(0.5f)) * Vector256.Create(1 / divisor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Value(Vector256<float> x, Vector256<float> quotient, float levels, float half) =>
        (x - quotient * Vector256.Create(levels) - Vector256.Create(half)) / Vector256.Create(half);
}
