using Lacuna.Cli.Files;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Cli;

/// <summary>The worked example of docs/vector-quantization.md does what the page says.</summary>
public class QuantizationPageTests
{
    [Fact]
    public void The_commands_of_the_page_make_its_picture()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "vector-quantization.md"));
        string[] commands = [.. page.Split('\n').Where(line => line.StartsWith("lacuna ", StringComparison.Ordinal))];
        Assert.Equal(6, commands.Length);
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Repository.Root, "bindings", "examples", "pictures", "sample.png"), folder["sample.png"]);
        string text = "";
        foreach (string command in commands)
        {
            CliRun run = CliRun.Of(
                [.. command.Split(' ').Skip(1).Select(word => Path.HasExtension(word) ? folder[word] : word)]);
            Assert.Equal((0, ""), (run.Exit, run.Error));
            text = run.Text;
        }

        Assert.Contains("26.76 dB", text, StringComparison.Ordinal);
        Assert.Equal(18272, new FileInfo(folder["patches.lact"]).Length);
        byte[] kept = File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "vector-quantization.png"));
        Assert.True(TestPictures.Same(PictureReader.Read(kept), PictureReader.Read(File.ReadAllBytes(folder["quantization.png"]))));
    }
}
