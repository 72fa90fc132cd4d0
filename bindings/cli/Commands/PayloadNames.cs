using Lacuna.Entropy;

namespace Lacuna.Cli.Commands;

/// <summary>What methods and kinds of floats are called on the command line, and what statuses are called in faults.</summary>
static class PayloadNames
{
    static readonly (string Name, CompressionMethod Method)[] MethodList =
    [
        ("auto", CompressionMethod.Auto), ("stored", CompressionMethod.Stored), ("rans", CompressionMethod.Rans),
        ("adaptive", CompressionMethod.Adaptive), ("lz4", CompressionMethod.Lz4),
        ("lz4-frame", CompressionMethod.Lz4Frame), ("floats", CompressionMethod.Floats),
    ];

    static readonly (string Name, FloatKind Kind)[] KindList =
        [("bf16", FloatKind.BFloat16), ("fp16", FloatKind.Float16), ("fp32", FloatKind.Float32)];

    /// <summary>All kinds of floats by their names.</summary>
    public static IReadOnlyList<(string Name, FloatKind Kind)> FloatKinds => KindList;

    /// <summary>All methods, for help texts.</summary>
    public static string Methods => string.Join(", ", MethodList.Select(item => item.Name));

    /// <summary>All kinds of floats, for help texts.</summary>
    public static string Kinds => string.Join(", ", KindList.Select(item => item.Name));

    /// <summary>The method of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static CompressionMethod Method(string option, string name)
    {
        int at = Array.FindIndex(MethodList, item => item.Name == name);
        return at >= 0 ? MethodList[at].Method : throw new UsageException($"{option} knows {Methods}, not '{name}'");
    }

    /// <summary>The kind of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static FloatKind Kind(string option, string name)
    {
        int at = Array.FindIndex(KindList, item => item.Name == name);
        return at >= 0 ? KindList[at].Kind : throw new UsageException($"{option} knows {Kinds}, not '{name}'");
    }

    /// <summary>The fault in words.</summary>
    /// <param name="status">Anything but Done.</param>
    /// <param name="position">Byte at which the fault lies.</param>
    /// <param name="maxBytes">The limit that was set.</param>
    public static string Describe(CompressionStatus status, long position, long maxBytes) => status switch
    {
        CompressionStatus.Truncated => "the payload ends too soon",
        CompressionStatus.NotCompressed => "neither a Lacuna payload nor an LZ4 frame",
        CompressionStatus.Unsupported => $"byte {position}: made in a version of the format that is newer than this program",
        CompressionStatus.InvalidData => $"the chunk at byte {position} is damaged: a checksum, a length or a value is wrong",
        CompressionStatus.LimitExceeded => $"its content is longer than the limit of {maxBytes} bytes; --max-bytes raises it",
        CompressionStatus.LibraryMissing => "LZ4 is needed, and the system has no liblz4.so.1 (Debian: liblz4-1)",
        _ => $"the payload cannot be read (status {(int)status})",
    };
}
