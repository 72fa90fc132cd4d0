namespace Lacuna.Cli.Files.Npy;

/// <summary>An array of NumPy's in memory.</summary>
/// <param name="Shape">Its sizes, outermost first; none for a single number.</param>
/// <param name="Values">Its elements in that order.</param>
sealed record NpyArray(int[] Shape, float[] Values)
{
    /// <summary>What every file of this kind begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
}
