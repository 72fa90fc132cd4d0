using System.Globalization;
using Lacuna.Entropy;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Conformance;

/// <summary>The stream that docs/format.md works through is a conformance vector.</summary>
public class DocumentTests
{
    [Fact]
    public void The_stream_in_hex_is_the_vector() => Assert.Equal(
        File.ReadAllBytes(Path.Combine(StoredFiles.Folder("Conformance", "vectors"), "dot-1x1-q50.lac")), Table("## 9 "));

    [Fact]
    public void The_payload_in_hex_is_what_is_made() => Assert.Equal(Compressor.Compress("aaaaaaa"u8), Table("### 11.2 "));

    /// <summary>The bytes of the table in a section of docs/format.md.</summary>
    static byte[] Table(string heading)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "format.md"));
        string rest = text[(text.IndexOf("\n" + heading, StringComparison.Ordinal) + 1)..];
        int end = rest.IndexOf("\n## ", StringComparison.Ordinal);
        string section = end < 0 ? rest : rest[..end];
        return [.. section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(Bytes)];
    }

    /// <summary>The first cell of a row of the table: <c>`4C 41 43 8A`</c>.</summary>
    static IEnumerable<byte> Bytes(string row) =>
        row.Split('`')[1].Split(' ').Select(digits => byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
