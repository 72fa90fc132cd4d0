namespace Lacuna.Kernels;

/// <summary>What adaptive coding of up to 16 symbols knows of a context: a cumulative distribution that every symbol moves.</summary>
/// <remarks>
/// <code>
///  entries   0  c[1]  c[2]  ..  c[n-1]  0 .. 0     16 numbers of 15 bits; symbol s owns [c[s], c[s+1]) of 32768, c[n] = 32768
///  target    m[i] = i for i &lt;= s,  32752 + i for i &gt; s     (0 for i = 0 and i &gt;= n)
///  update    c[i] -= round((c[i] - m[i]) * w / 32768)       round: floor(x + 1/2)
///  w         floor(32768 / (age + 2)), and age goes up by 1 to <see cref="MaxAge"/>
/// </code>
/// <para>
/// Both <c>c</c> and <c>m</c> ascend by 1 or more, and the update keeps that: it moves neighbours alike, to within one. So no symbol
/// ever has a frequency of 0. As <c>w</c> starts high, a context learns as if it counted, and ends with a memory of some 192 symbols.
/// </para>
/// <para>
/// Class: exact. Source: F. Giesen, "Mixing discrete probability distributions" (2015); AV1, section 8.3.2; docs/format.md, 7.2.
/// </para>
/// </remarks>
public static partial class AdaptiveCdf
{
    /// <summary>Entries of a distribution, used or not.</summary>
    public const int Entries = 16;

    /// <summary>A distribution's frequencies sum to 2^15.</summary>
    public const int ScaleBits = 15;

    /// <summary>The age at which a context has its full memory.</summary>
    public const int MaxAge = 190;

    /// <summary>What a target's entries above the symbol have more than those below.</summary>
    internal const short Step = (1 << ScaleBits) - Entries;

    /// <summary>The weight of an update by age, in both halves of each number; never moves.</summary>
    internal static readonly uint[] Weights = MakeWeights();

    /// <summary>Makes all symbols equally likely.</summary>
    /// <param name="entries">Shape [16].</param>
    /// <param name="symbols">Size of the alphabet, 2 to 16.</param>
    /// <returns>The age of a new context: what it counts as having seen, more for a larger alphabet.</returns>
    public static int Reset(Span<short> entries, int symbols)
    {
        for (int i = 0; i < Entries; i++)
        {
            entries[i] = (short)(i < symbols ? (i << ScaleBits) / symbols : 0);
        }

        return symbols / 8;
    }

    /// <summary>Finds the symbol that owns a slot.</summary>
    /// <param name="entries">Shape [16].</param>
    /// <param name="symbols">Size of the alphabet.</param>
    /// <param name="slot">0 to 32767.</param>
    public static int Find(ReadOnlySpan<short> entries, int symbols, int slot) =>
        Isa.Allows(IsaLevel.Vector128) ? Find128(entries, symbols, slot) : FindScalar(entries, symbols, slot);

    /// <summary>Moves a distribution towards a symbol.</summary>
    /// <param name="entries">Shape [16].</param>
    /// <param name="symbols">Size of the alphabet.</param>
    /// <param name="symbol">What was coded.</param>
    /// <param name="age">The context's age, which goes up; at most <see cref="MaxAge"/>.</param>
    public static void Update(Span<short> entries, int symbols, int symbol, ref ushort age)
    {
        if (Isa.Allows(IsaLevel.Vector128))
        {
            Update128(entries, symbols, symbol, ref age);
        }
        else
        {
            UpdateScalar(entries, symbols, symbol, ref age);
        }
    }

    /// <summary>What <see cref="Find"/> means.</summary>
    internal static int FindScalar(ReadOnlySpan<short> entries, int symbols, int slot)
    {
        int symbol = 0;
        while (symbol + 1 < symbols && entries[symbol + 1] <= slot)
        {
            symbol++;
        }

        return symbol;
    }

    /// <summary>What <see cref="Update"/> means.</summary>
    internal static void UpdateScalar(Span<short> entries, int symbols, int symbol, ref ushort age)
    {
        var weight = (int)(Weights[age] >> 16);
        age += (ushort)(age < MaxAge ? 1 : 0);
        for (int i = 1; i < symbols; i++)
        {
            int target = i <= symbol ? i : Step + i;
            entries[i] -= (short)((((entries[i] - target) * weight) + (1 << (ScaleBits - 1))) >> ScaleBits);
        }
    }

    static uint[] MakeWeights()
    {
        uint[] weights = GC.AllocateArray<uint>(256, pinned: true);
        for (int age = 0; age < weights.Length; age++)
        {
            weights[age] = (uint)((1 << ScaleBits) / (Math.Min(age, MaxAge) + 2)) * 0x10001;
        }

        return weights;
    }
}
