using System.Runtime.CompilerServices;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>The probabilities of a symbol of 2 to 16 values, which learn from every symbol that they code.</summary>
/// <remarks>
/// <para>
/// New contexts learn as if they counted; old ones remember some 192 symbols. On symbols that are independent of each other this costs
/// some (n - 1) / 530 bits each over their entropy, with n values in use.
/// </para>
/// <para>A default value has no values and codes nothing: make contexts by the constructor or by <see cref="Array"/>.</para>
/// <para>Size: 36 bytes. Class: exact, integers only. Source: <see cref="AdaptiveCdf"/>; docs/format.md, section 7.2.</para>
/// </remarks>
public struct AdaptiveSymbol
{
    [InlineArray(AdaptiveCdf.Entries)]
    struct Distribution
    {
        short first;
    }

    Distribution entries;
    ushort age;
    readonly byte values;

    /// <summary>Makes a context in which all values are equally likely.</summary>
    /// <param name="values">2 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more.</exception>
    public AdaptiveSymbol(int values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values, AdaptiveCdf.Entries);
        this.values = (byte)values;
        age = (ushort)AdaptiveCdf.Reset(entries, values);
    }

    /// <summary>Values of the symbol; 0 for a default context.</summary>
    public readonly int Values => values;

    /// <summary>Makes new contexts.</summary>
    /// <param name="count">How many.</param>
    /// <param name="values">Values of each, 2 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static AdaptiveSymbol[] Array(int count, int values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var contexts = new AdaptiveSymbol[count];
        contexts.AsSpan().Fill(new AdaptiveSymbol(values));
        return contexts;
    }

    /// <summary>Where a symbol starts, of 32768.</summary>
    internal readonly uint Start(int symbol) => (uint)entries[symbol];

    /// <summary>The symbol's probability, of 32768; 1 or more.</summary>
    internal readonly uint Frequency(int symbol)
    {
        int end = symbol + 1 < values ? entries[symbol + 1] : 1 << AdaptiveCdf.ScaleBits;
        return (uint)(end - entries[symbol]);
    }

    /// <summary>The symbol that owns a slot.</summary>
    /// <param name="slot">0 to 32767.</param>
    internal readonly int Find(uint slot) => AdaptiveCdf.Find(entries, values, (int)slot);

    /// <summary>Learns from a symbol.</summary>
    internal void Update(int symbol) => AdaptiveCdf.Update(entries, values, symbol, ref age);
}
