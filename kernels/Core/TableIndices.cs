using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>A table for every symbol: bytes for a set of at most 256 tables, 16 bits for a larger one.</summary>
/// <remarks>A view of the caller's memory; both widths mean the same, bytes are faster.</remarks>
public readonly ref struct TableIndices
{
    readonly ReadOnlySpan<byte> bytes;

    /// <summary>Views bytes.</summary>
    public TableIndices(ReadOnlySpan<byte> indices)
    {
        bytes = indices;
        Log2Bytes = 0;
    }

    /// <summary>Views 16-bit numbers.</summary>
    public TableIndices(ReadOnlySpan<ushort> indices)
    {
        // Past 2^30 indices the bytes would not fit a span.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(indices.Length, int.MaxValue / sizeof(ushort), nameof(indices));
        bytes = MemoryMarshal.AsBytes(indices);
        Log2Bytes = 1;
    }

    TableIndices(ReadOnlySpan<byte> bytes, int log2Bytes)
    {
        this.bytes = bytes;
        Log2Bytes = log2Bytes;
    }

    /// <summary>Number of indices.</summary>
    public int Length => bytes.Length >> Log2Bytes;

    /// <summary>0 where an index is a byte, 1 where it is two.</summary>
    public int Log2Bytes { get; }

    /// <summary>The indices in memory.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The table of a symbol.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such symbol.</exception>
    public int this[int symbol] => Log2Bytes == 0 ? bytes[symbol] : MemoryMarshal.Cast<byte, ushort>(bytes)[symbol];

    /// <summary>Some of the indices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all here.</exception>
    public TableIndices Slice(int first, int count) => new(bytes.Slice(first << Log2Bytes, count << Log2Bytes), Log2Bytes);

    /// <summary>Whether every index is below a number of tables.</summary>
    /// <param name="tables">Tables in the set, 0 or more.</param>
    public bool AreWithin(int tables)
    {
        if (bytes.IsEmpty || tables > (Log2Bytes == 0 ? byte.MaxValue : ushort.MaxValue))
        {
            return true;
        }

        return tables > 0 && (Log2Bytes == 0
            ? !bytes.ContainsAnyExceptInRange((byte)0, (byte)(tables - 1))
            : !MemoryMarshal.Cast<byte, ushort>(bytes).ContainsAnyExceptInRange((ushort)0, (ushort)(tables - 1)));
    }

    /// <summary>Views bytes.</summary>
    public static implicit operator TableIndices(ReadOnlySpan<byte> indices) => new(indices);

    /// <summary>Views bytes.</summary>
    public static implicit operator TableIndices(byte[] indices) => new((ReadOnlySpan<byte>)indices);

    /// <summary>Views 16-bit numbers.</summary>
    public static implicit operator TableIndices(ReadOnlySpan<ushort> indices) => new(indices);

    /// <summary>Views 16-bit numbers.</summary>
    public static implicit operator TableIndices(ushort[] indices) => new((ReadOnlySpan<ushort>)indices);
}
