using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Operations on 32-bit words at one vector width, and those that lead from words to floats: what noise is made of.</summary>
/// <remarks>
/// They stand beside <see cref="ILanes{TVector}"/> of the same width. "Wide" operations see the same vector as half as many
/// 64-bit numbers, lowest word first.
/// </remarks>
unsafe interface IWordLanes<TVector, TWords>
    where TVector : unmanaged
    where TWords : unmanaged
{
    static abstract TWords LoadWords(uint* source);

    static abstract void StoreWords(TWords words, uint* destination);

    static abstract TWords Broadcast(uint value);

    static abstract TWords BroadcastWide(ulong value);

    static abstract TWords Add(TWords left, TWords right);

    static abstract TWords AddWide(TWords left, TWords right);

    static abstract TWords And(TWords left, TWords right);

    static abstract TWords Or(TWords left, TWords right);

    static abstract TWords Xor(TWords left, TWords right);

    static abstract TWords ShiftLeft(TWords words, int bits);

    static abstract TWords ShiftRight(TWords words, int bits);

    /// <summary>Shift that repeats the sign.</summary>
    static abstract TWords ShiftRightSigned(TWords words, int bits);

    static abstract TWords ShiftRightWide(TWords words, int bits);

    static abstract TWords ShiftLeftWide(TWords words, int bits);

    /// <summary>64-bit products of the words at even places; those at odd places take no part.</summary>
    static abstract TWords MultiplyWide(TWords left, TWords right);

    /// <summary>The words as signed integers, rounded to floats, half to even.</summary>
    static abstract TVector ToFloats(TWords words);

    /// <summary>Floats of magnitude below 2^31, cut to signed integers.</summary>
    static abstract TWords Truncate(TVector vector);

    static abstract TWords Bits(TVector vector);

    static abstract TVector FromBits(TWords words);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector SquareRoot(TVector vector);

    /// <summary>In each lane one of two floats, by the word's highest bit.</summary>
    static abstract TVector Choose(TWords highestBit, TVector whenSet, TVector whenClear);

    /// <summary>Writes four vectors as rows of four.</summary>
    /// <remarks>Lane <c>4 L + j</c> of vector <c>w</c> becomes <c>destination[4 (L + j * Count / 4) + w]</c>.</remarks>
    static abstract void StoreFours(TVector first, TVector second, TVector third, TVector fourth, float* destination);
}

/// <summary>128 bits on any processor.</summary>
readonly unsafe struct WordLanes128 : IWordLanes<Vector128<float>, Vector128<uint>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> LoadWords(uint* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector128<uint> words, uint* destination) => words.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Broadcast(uint value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> BroadcastWide(ulong value) => Vector128.Create(value).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Add(Vector128<uint> left, Vector128<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> AddWide(Vector128<uint> left, Vector128<uint> right) => (left.AsUInt64() + right.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> And(Vector128<uint> left, Vector128<uint> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Or(Vector128<uint> left, Vector128<uint> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Xor(Vector128<uint> left, Vector128<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftLeft(Vector128<uint> words, int bits) => words << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRight(Vector128<uint> words, int bits) => words >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRightSigned(Vector128<uint> words, int bits) => (words.AsInt32() >> bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRightWide(Vector128<uint> words, int bits) => (words.AsUInt64() >>> bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftLeftWide(Vector128<uint> words, int bits) => (words.AsUInt64() << bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MultiplyWide(Vector128<uint> left, Vector128<uint> right) =>
        Isa.HasMultiplyWideX86
            ? Sse2.Multiply(left, right).AsUInt32()
            : Vector128.Create((ulong)left.GetElement(0) * right.GetElement(0), (ulong)left.GetElement(2) * right.GetElement(2)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToFloats(Vector128<uint> words) => Vector128.ConvertToSingle(words.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Truncate(Vector128<float> vector) => Vector128.ConvertToInt32Native(vector).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Bits(Vector128<float> vector) => vector.AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FromBits(Vector128<uint> words) => words.AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SquareRoot(Vector128<float> vector) => Vector128.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Choose(Vector128<uint> highestBit, Vector128<float> whenSet, Vector128<float> whenClear) =>
        Vector128.ConditionalSelect((highestBit.AsInt32() >> 31).AsSingle(), whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFours(
        Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth, float* destination)
    {
        Vector128<double> lowFirst = ZipLow(first, second), lowSecond = ZipLow(third, fourth);
        Vector128<double> highFirst = ZipHigh(first, second), highSecond = ZipHigh(third, fourth);
        double* pairs = (double*)destination;
        Vector128.Create(lowFirst.GetLower(), lowSecond.GetLower()).Store(pairs);
        Vector128.Create(lowFirst.GetUpper(), lowSecond.GetUpper()).Store(pairs + 2);
        Vector128.Create(highFirst.GetLower(), highSecond.GetLower()).Store(pairs + 4);
        Vector128.Create(highFirst.GetUpper(), highSecond.GetUpper()).Store(pairs + 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<double> ZipLow(Vector128<float> even, Vector128<float> odd) => Zip(
        Vector128.Shuffle(even, Vector128.Create(0, 0, 1, 1)), Vector128.Shuffle(odd, Vector128.Create(0, 0, 1, 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<double> ZipHigh(Vector128<float> even, Vector128<float> odd) => Zip(
        Vector128.Shuffle(even, Vector128.Create(2, 2, 3, 3)), Vector128.Shuffle(odd, Vector128.Create(2, 2, 3, 3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<double> Zip(Vector128<float> even, Vector128<float> odd) =>
        Vector128.ConditionalSelect(Vector128.Create(0xFFFF_FFFFul).AsSingle(), even, odd).AsDouble();
}

/// <summary>256 bits with AVX2.</summary>
readonly unsafe struct WordLanes256 : IWordLanes<Vector256<float>, Vector256<uint>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> LoadWords(uint* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector256<uint> words, uint* destination) => words.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> BroadcastWide(ulong value) => Vector256.Create(value).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> AddWide(Vector256<uint> left, Vector256<uint> right) => (left.AsUInt64() + right.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> And(Vector256<uint> left, Vector256<uint> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Or(Vector256<uint> left, Vector256<uint> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> left, Vector256<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftLeft(Vector256<uint> words, int bits) => words << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRight(Vector256<uint> words, int bits) => words >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRightSigned(Vector256<uint> words, int bits) => (words.AsInt32() >> bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRightWide(Vector256<uint> words, int bits) => (words.AsUInt64() >>> bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftLeftWide(Vector256<uint> words, int bits) => (words.AsUInt64() << bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> MultiplyWide(Vector256<uint> left, Vector256<uint> right) => Avx2.Multiply(left, right).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToFloats(Vector256<uint> words) => Avx.ConvertToVector256Single(words.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Truncate(Vector256<float> vector) => Avx.ConvertToVector256Int32WithTruncation(vector).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Bits(Vector256<float> vector) => vector.AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromBits(Vector256<uint> words) => words.AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquareRoot(Vector256<float> vector) => Avx.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Choose(Vector256<uint> highestBit, Vector256<float> whenSet, Vector256<float> whenClear) =>
        Avx.BlendVariable(whenClear, whenSet, highestBit.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFours(
        Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth, float* destination)
    {
        Vector256<double> lowFirst = Avx.UnpackLow(first, second).AsDouble(), lowSecond = Avx.UnpackLow(third, fourth).AsDouble();
        Vector256<double> highFirst = Avx.UnpackHigh(first, second).AsDouble(), highSecond = Avx.UnpackHigh(third, fourth).AsDouble();
        double* pairs = (double*)destination;
        Avx.UnpackLow(lowFirst, lowSecond).Store(pairs);
        Avx.UnpackHigh(lowFirst, lowSecond).Store(pairs + 4);
        Avx.UnpackLow(highFirst, highSecond).Store(pairs + 8);
        Avx.UnpackHigh(highFirst, highSecond).Store(pairs + 12);
    }
}

/// <summary>512 bits with AVX-512.</summary>
readonly unsafe struct WordLanes512 : IWordLanes<Vector512<float>, Vector512<uint>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> LoadWords(uint* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector512<uint> words, uint* destination) => words.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> BroadcastWide(ulong value) => Vector512.Create(value).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> left, Vector512<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> AddWide(Vector512<uint> left, Vector512<uint> right) => (left.AsUInt64() + right.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> And(Vector512<uint> left, Vector512<uint> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Or(Vector512<uint> left, Vector512<uint> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> left, Vector512<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftLeft(Vector512<uint> words, int bits) => words << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRight(Vector512<uint> words, int bits) => words >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRightSigned(Vector512<uint> words, int bits) => (words.AsInt32() >> bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRightWide(Vector512<uint> words, int bits) => (words.AsUInt64() >>> bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftLeftWide(Vector512<uint> words, int bits) => (words.AsUInt64() << bits).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MultiplyWide(Vector512<uint> left, Vector512<uint> right) => Avx512F.Multiply(left, right).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToFloats(Vector512<uint> words) => Avx512F.ConvertToVector512Single(words.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Truncate(Vector512<float> vector) => Avx512F.ConvertToVector512Int32WithTruncation(vector).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Bits(Vector512<float> vector) => vector.AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromBits(Vector512<uint> words) => words.AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquareRoot(Vector512<float> vector) => Avx512F.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Choose(Vector512<uint> highestBit, Vector512<float> whenSet, Vector512<float> whenClear) =>
        Vector512.ConditionalSelect(Vector512.LessThan(highestBit.AsInt32(), Vector512<int>.Zero).AsSingle(), whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFours(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth, float* destination)
    {
        Vector512<double> lowFirst = Avx512F.UnpackLow(first, second).AsDouble(), lowSecond = Avx512F.UnpackLow(third, fourth).AsDouble();
        Vector512<double> highFirst = Avx512F.UnpackHigh(first, second).AsDouble();
        Vector512<double> highSecond = Avx512F.UnpackHigh(third, fourth).AsDouble();
        double* pairs = (double*)destination;
        Avx512F.UnpackLow(lowFirst, lowSecond).Store(pairs);
        Avx512F.UnpackHigh(lowFirst, lowSecond).Store(pairs + 8);
        Avx512F.UnpackLow(highFirst, highSecond).Store(pairs + 16);
        Avx512F.UnpackHigh(highFirst, highSecond).Store(pairs + 24);
    }
}
