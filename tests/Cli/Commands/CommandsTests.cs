using System.Text.Json;
using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Commands;

/// <summary>Exit codes, messages and help pages: what holds before any stream is read or made.</summary>
public class CommandsTests
{
    static byte[] Png(Picture picture)
    {
        var file = new MemoryStream();
        PictureWriter.Write(picture, OutputFormat.Png, file);
        return file.ToArray();
    }

    [Fact]
    public void The_version_names_the_instruction_set() => Assert.Matches(
        "^lacuna [0-9]+\\.[0-9]+\\.[0-9]+\\S* \\((scalar|vector128|avx2|avx512)\\)\n$", CliRun.Of("--version").Text);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public void Help_names_every_command(string argument)
    {
        CliRun run = CliRun.Of(argument);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        string[] names = ["encode", "decode", "info", "compare", "compress", "decompress", "bench"];
        Assert.All(names, name => Assert.Contains($"  {name} ", run.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("encode", "--quality", "--bytes", "--threads", "--json")]
    [InlineData("decode", "--format", "--threads", "--max-pixels", "--json")]
    [InlineData("info", "--json")]
    [InlineData("compare", "--json")]
    [InlineData("compress", "-o", "--method", "--kind", "--level", "--chunk", "--threads", "--json")]
    [InlineData("decompress", "-o", "--max-bytes", "--threads", "--json")]
    [InlineData("bench", "--json", "image")]
    public void Each_command_explains_its_options_with_examples_in_80_columns(string command, params string[] words)
    {
        CliRun run = CliRun.Of(command, "--help");
        Assert.Equal(0, run.Exit);
        Assert.Equal(run.Text, CliRun.Of("help", command).Text);
        Assert.All(words, word => Assert.Contains(word, run.Text, StringComparison.Ordinal));
        string examples = run.Text[run.Text.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"lacuna {command} ", examples, StringComparison.Ordinal);
        Assert.All(run.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("encode", "OUT is missing", "a.png")]
    [InlineData("encode", "'c' is one operand too many", "a", "b", "c")]
    [InlineData("encode", "there is no option --qualty", "a", "b", "--qualty", "3")]
    [InlineData("encode", "--quality wants N after it", "a", "b", "--quality")]
    [InlineData("encode", "--quality wants a number from 0 to 100, not '101'", "a", "b", "--quality=101")]
    [InlineData("encode", "--quality wants a number from 0 to 100, not 'NaN'", "a", "b", "--quality", "NaN")]
    [InlineData("encode", "--bytes wants a whole number of 1 or more, not '0'", "a", "b", "--bytes", "0")]
    [InlineData("encode", "--quality and --bytes exclude each other", "a", "b", "--bytes", "9", "--quality", "9")]
    [InlineData("encode", "--threads is given twice", "a", "b", "--threads", "1", "--threads=2")]
    [InlineData("encode", "--json takes no value", "a", "b", "--json=1")]
    [InlineData("encode", "--json and OUT both want standard output; name a file", "a", "-", "--json")]
    [InlineData("decode", "the name b.gif does not tell a format; --format NAME does", "a", "b.gif")]
    [InlineData("decode", "--format knows png, pgm, ppm, pnm, pam, y4m, y4m420, not '1'", "a", "b", "--format", "1")]
    [InlineData("compare", "only one operand can be standard input", "-", "-")]
    [InlineData("bench", "there is no area 'x' and no such file; areas are ", "x")]
    public void A_wrong_command_line_is_one_line_and_exit_code_2(string command, string message, params string[] arguments)
    {
        CliRun run = CliRun.Of([command, .. arguments]);
        Assert.Equal((2, ""), (run.Exit, run.Text));
        Assert.StartsWith($"lacuna {command}: {message}", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"; see 'lacuna {command} --help'\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_command_is_one_line_and_exit_code_2()
    {
        CliRun run = CliRun.Of("x");
        Assert.Equal((2, "lacuna: there is no command 'x'; 'lacuna --help' names those there are\n"), (run.Exit, run.Error));
    }

    [Fact]
    public void No_arguments_print_help_on_standard_error()
    {
        CliRun run = CliRun.Of();
        Assert.Equal((2, ""), (run.Exit, run.Text));
        Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_a_file_is_one_line_naming_it_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text"], "hello");
        (int, string, string) Run(params string[] arguments)
        {
            CliRun run = CliRun.Of(arguments);
            return (run.Exit, run.Text, run.Error);
        }

        Assert.Equal((1, "", $"{folder["none"]}: no such file\n"), Run("encode", folder["none"], folder["o.lac"]));
        Assert.Equal((1, "", $"{folder["none"]}: no such file\n"), Run("info", folder["none"]));
        Assert.Equal((1, "", $"{folder.Path}: is a folder, not a file\n"), Run("decode", folder.Path, folder["o.png"]));
        Assert.Equal(
            (1, "", $"{folder["text"]}: not a picture known here (PNG, JPEG, PBM, PGM, PPM, PAM, y4m)\n"),
            Run("encode", folder["text"], folder["o.lac"]));
        string lost = folder["no/o.lac"];
        Assert.Equal((1, "", $"{lost}: cannot be written: no such folder\n"), Run("encode", folder["text"], lost));
        Assert.Equal((1, "", "standard input: is empty\n"), Run("info", "-"));
        Assert.Equal((1, "", "standard input: is empty\n"), Run("compare", "-", folder["text"]));
        Assert.Equal(["text"], folder.Names);
    }

    [Fact]
    public void A_picture_is_not_taken_for_a_stream()
    {
        CliRun run = CliRun.With(Png(TestPictures.Noise(3, 3, PixelLayout.Rgb, 1)), "info", "-");
        Assert.Equal((1, "standard input: not a Lacuna stream but a picture (PNG)\n"), (run.Exit, run.Error));
    }

    [Fact]
    public void Compare_tells_psnr_and_similarity_for_people_and_machines()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.png"], Png(TestPictures.Slopes(176, 163, PixelLayout.Rgb, 3)));
        byte[] other = Png(TestPictures.Slopes(176, 163, PixelLayout.Rgb, 5));
        CliRun run = CliRun.With(other, "compare", folder["a.png"], "-");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith("PSNR       21.35 dB\n  red      ", run.Text, StringComparison.Ordinal);
        Assert.Contains("\nMS-SSIM    0.880271 (9.22 dB)\nmax error  55\n", run.Text, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(CliRun.With(other, "compare", folder["a.png"], "-", "--json").Output);
        Assert.Equal(21.346298408019457, json.RootElement.GetProperty("psnr").GetDouble(), 1e-12);
        Assert.Equal(0.8802706962058645, json.RootElement.GetProperty("msSsim").GetDouble(), 1e-12);
        Assert.Equal(3, json.RootElement.GetProperty("channelPsnr").EnumerateObject().Count());
        Assert.False(json.RootElement.GetProperty("identical").GetBoolean());
    }

    [Fact]
    public void Equal_pictures_are_identical_and_psnr_is_null_in_json()
    {
        using var folder = new TemporaryFolder();
        byte[] png = Png(TestPictures.Noise(5, 4, PixelLayout.Rgba, 3));
        File.WriteAllBytes(folder["a.png"], png);
        Assert.EndsWith("identical\n", CliRun.With(png, "compare", "-", folder["a.png"]).Text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(CliRun.With(png, "compare", "-", folder["a.png"], "--json").Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("psnr").ValueKind);
        Assert.True(json.RootElement.GetProperty("identical").GetBoolean());
    }

    [Fact]
    public void Pictures_of_two_sizes_are_not_compared()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.png"], Png(TestPictures.Noise(5, 4, PixelLayout.Rgb, 3)));
        CliRun run = CliRun.With(Png(TestPictures.Noise(4, 5, PixelLayout.Rgb, 3)), "compare", folder["a.png"], "-");
        Assert.Equal(1, run.Exit);
        Assert.Equal(
            $"standard input: is 4 x 5 pixels, and {folder["a.png"]} is 5 x 4; only pictures of one size can be compared\n", run.Error);
    }

    [Fact]
    public void A_full_device_behind_standard_output_is_exit_code_1()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        var error = new StringWriter();
        Assert.Equal(1, Lacuna.Cli.Program.Run(["--version"], Stream.Null, full, error));
        Assert.StartsWith("standard output: cannot be written: no space left on the device", error.ToString(), StringComparison.Ordinal);
    }
}
