namespace Lacuna.Kernels;

/// <summary>The cyclic redundancy check that closes every packet.</summary>
/// <remarks>
/// CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, register and result inverted; "123456789" gives 0xE3069283.
/// <para>Class: exact.</para>
/// <para>Cost: one instruction for 8 bytes where the processor has it, three of them in flight; one table look-up a byte elsewhere.</para>
/// <para>Source: RFC 3720, appendix B.4; for the joining of streams M. Adler, crc32c.c (2013).</para>
/// </remarks>
public static partial class Crc32C
{
    /// <param name="crc">The check of the bytes before; 0 where there are none.</param>
    /// <param name="bytes">The bytes that follow.</param>
    /// <returns>The check of all: <c>Run(Run(0, a), b)</c> is the check of a and b in a row.</returns>
    public delegate uint Fn(uint crc, ReadOnlySpan<byte> bytes);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(Crc32C),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Instruction));

    /// <inheritdoc cref="Fn"/>
    public static uint Run(uint crc, ReadOnlySpan<byte> bytes) => Table.Best(crc, bytes);
}
