using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>What loops over symbols with a table each do with indices of one width.</summary>
unsafe interface ITableIndex
{
    /// <summary>Bytes of an index.</summary>
    static abstract int Bytes { get; }

    /// <summary>The table of a symbol.</summary>
    static abstract nuint At(byte* indices, nint symbol);

    /// <summary>The tables of a vector of symbols.</summary>
    static abstract TVector Load<TWords, TVector>(byte* indices, nint symbol)
        where TWords : IWords<TVector>
        where TVector : unmanaged;

    /// <summary>Looks up entry <c>256 table + row mod 256</c> for each of a vector of symbols.</summary>
    /// <param name="entries">Shape [tables, 256].</param>
    /// <param name="tables">The symbols' tables.</param>
    /// <param name="rows">The symbols' rows.</param>
    /// <param name="keys">Working memory of two vectors, on a cache line.</param>
    /// <param name="first">Receives the entries' lowest words; the others follow.</param>
    /// <param name="second">Receives the second words.</param>
    /// <param name="third">Receives the third words.</param>
    /// <param name="fourth">Receives the highest words.</param>
    static abstract void LoadEntries<TWords, TVector>(
        ulong* entries,
        TVector tables,
        TVector rows,
        byte* keys,
        out TVector first,
        out TVector second,
        out TVector third,
        out TVector fourth)
        where TWords : IWords<TVector>
        where TVector : unmanaged;
}

/// <summary>Indices of a byte: keys fit 16 bits.</summary>
readonly unsafe struct ByteTableIndex : ITableIndex
{
    public static int Bytes => sizeof(byte);

    public static nuint At(byte* indices, nint symbol) => indices[symbol];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TWords, TVector>(byte* indices, nint symbol)
        where TWords : IWords<TVector>
        where TVector : unmanaged => TWords.Widen(indices + symbol);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadEntries<TWords, TVector>(
        ulong* entries,
        TVector tables,
        TVector rows,
        byte* keys,
        out TVector first,
        out TVector second,
        out TVector third,
        out TVector fourth)
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        TWords.Store(TWords.Or(TWords.And(rows, TWords.Broadcast(0xFF)), TWords.ShiftLeft(tables, 8)), (ushort*)keys);
        TWords.LoadEntries<WordKeys>(entries, keys, out first, out second, out third, out fourth);
    }
}

/// <summary>Indices of two bytes.</summary>
readonly unsafe struct WordTableIndex : ITableIndex
{
    public static int Bytes => sizeof(ushort);

    public static nuint At(byte* indices, nint symbol) => ((ushort*)indices)[symbol];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TWords, TVector>(byte* indices, nint symbol)
        where TWords : IWords<TVector>
        where TVector : unmanaged => TWords.Load((ushort*)indices + symbol);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadEntries<TWords, TVector>(
        ulong* entries,
        TVector tables,
        TVector rows,
        byte* keys,
        out TVector first,
        out TVector second,
        out TVector third,
        out TVector fourth)
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        TVector low = TWords.Or(TWords.And(rows, TWords.Broadcast(0xFF)), TWords.ShiftLeft(tables, 8));
        UnpackedKeys.Store<TWords, TVector>(low, TWords.High(tables), keys);
        TWords.LoadEntries<UnpackedKeys>(entries, keys, out first, out second, out third, out fourth);
    }
}
