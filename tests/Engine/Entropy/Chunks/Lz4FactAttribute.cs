using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy.Chunks;

/// <summary>A fact about LZ4, which is reported as skipped where the system has no liblz4.</summary>
sealed class Lz4FactAttribute : FactAttribute
{
    public Lz4FactAttribute() => Skip = Lz4Block.IsAvailable ? null : "liblz4.so.1 is not installed";
}
