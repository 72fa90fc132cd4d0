using System.Globalization;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Conformance;

/// <summary>The stream that docs/format.md works through is a conformance vector.</summary>
public class DocumentTests
{
    [Fact]
    public void The_stream_in_hex_is_the_vector()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "format.md"));
        string section = text[text.IndexOf("\n## 9 ", StringComparison.Ordinal)..text.IndexOf("\n## 10 ", StringComparison.Ordinal)];
        byte[] bytes = [.. section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(Bytes)];
        Assert.Equal(File.ReadAllBytes(Path.Combine(StoredFiles.Folder("Conformance", "vectors"), "dot-1x1-q50.lac")), bytes);
    }

    /// <summary>The first cell of a row of the table: <c>`4C 41 43 8A`</c>.</summary>
    static IEnumerable<byte> Bytes(string row) =>
        row.Split('`')[1].Split(' ').Select(digits => byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
