using Lacuna.Tests.Architecture;
using Lacuna.Tests.Conformance;

namespace Lacuna.Tests.Abi;

/// <summary>The example in C#, and the lines that the examples in every language print: bindings/examples/expected.txt.</summary>
public class ExampleTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "bindings", "examples");

    [Fact]
    public void The_example_prints_the_lines_that_all_languages_print()
    {
        using var output = new StringWriter { NewLine = "\n" };
        Example.Example.Run(Path.Combine(Folder, "golden", "golden.lac"), output);
        string expected = Path.Combine(Folder, "expected.txt");
        if (StoredFiles.Writing)
        {
            File.WriteAllText(expected, output.ToString());
        }

        Assert.Equal(File.ReadAllText(expected), output.ToString());
    }

    [Fact]
    public void The_first_of_those_lines_tells_the_golden_pixels()
    {
        Dictionary<string, string> golden = File.ReadLines(Path.Combine(Folder, "golden", "golden.txt"))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[1]);
        Assert.Equal(
            $"golden.lac: {golden["width"]} x {golden["height"]}, crc32c {golden["crc32c"]}",
            File.ReadLines(Path.Combine(Folder, "expected.txt")).First());
    }
}
