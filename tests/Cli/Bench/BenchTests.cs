using System.Text.Json;
using Lacuna.Cli.Bench;
using Lacuna.Cli.Commands;
using Lacuna.Codecs;
using Lacuna.Entropy;

namespace Lacuna.Tests.Cli.Bench;

public class BenchTests
{
    sealed class CountingArea : IBenchArea
    {
        public int Goes { get; private set; }

        public string Name => "counting";

        public string Description => "counts how often it is run";

        public IReadOnlyList<BenchCase> Prepare(int processors) =>
        [
            BenchCase.Milliseconds("counting/one", 1, Go),
            new("counting/all", processors, "goes/s", Go, static seconds => 1 / seconds),
        ];

        /// <summary>Long enough for any clock to see.</summary>
        void Go()
        {
            Thread.SpinWait(1000);
            Goes++;
        }
    }

    static CliRun Run(CountingArea area, params string[] arguments)
    {
        var command = new BenchCommand([area], new BenchRunner(TimeSpan.FromMilliseconds(50)));
        var output = new MemoryStream();
        int exit = command.Run(CommandLine.Parse(command, arguments), new Host(Stream.Null, output, TextWriter.Null, false));
        return new CliRun(exit, output.ToArray(), "");
    }

    [Fact]
    public void Json_is_one_array_of_measurements()
    {
        var area = new CountingArea();
        CliRun run = Run(area, "counting", "--json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement first = json.RootElement[0];
        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Equal(["name", "isa", "threads", "unit", "median", "runs"], first.EnumerateObject().Select(property => property.Name));
        Assert.Equal("counting/one", first.GetProperty("name").GetString());
        Assert.Equal("ms", first.GetProperty("unit").GetString());
        Assert.Equal(1, first.GetProperty("threads").GetInt32());
        Assert.True(first.GetProperty("median").GetDouble() > 0);
        Assert.InRange(first.GetProperty("runs").GetInt32(), 1, area.Goes);
    }

    [Fact]
    public void A_file_goes_through_every_method()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["zeros"], new byte[3000]);
        using JsonDocument json = JsonDocument.Parse(Run(new CountingArea(), folder["zeros"], "--json").Output);
        string[] names = [.. json.RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
        string[] some = ["auto-size", "auto-decode", "rans-encode", "adaptive-decode", "bf16-decode", "fp32-size"];
        Assert.All(some, name => Assert.Contains(name, names));
        JsonElement size = json.RootElement[0];
        Assert.Equal(("auto-size", "%", 1), (names[0], size.GetProperty("unit").GetString(), size.GetProperty("runs").GetInt32()));
        Assert.InRange(size.GetProperty("median").GetDouble(), 0.1, 1.5);
    }

    [Fact]
    public void The_table_has_a_line_for_each_case()
    {
        string[] lines = Run(new CountingArea(), "counting").Text.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("counting/all ", lines[2], StringComparison.Ordinal);
        Assert.Contains("goes/s", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_median_is_the_middle_or_the_mean_of_the_middle_two()
    {
        Assert.Equal(3, BenchRunner.Median([9, 3, 1]));
        Assert.Equal(2.5, BenchRunner.Median([9, 3, 2, 1]));
    }

    [Fact]
    public void Every_area_has_a_name_of_its_own() =>
        Assert.Equal(BenchAreas.All.Count, BenchAreas.All.Select(area => area.Name).Distinct().Count());

    [Fact]
    public void Entropy_has_a_row_for_every_coder_and_each_of_them_runs()
    {
        BenchCase[] cases = [.. new EntropyArea(blocks: 1).Prepare(processors: 2)];
        string[] names =
        [
            "memcpy",
            "rans-static-decode-2bit", "rans-static-encode-2bit", "rans-static-decode-4bit", "rans-static-encode-4bit",
            "rans-static-decode-6bit", "rans-static-encode-6bit",
            "rans-indexed-decode-2.6bit", "rans-indexed-encode-2.6bit", "rans-indexed-decode-0.7bit", "rans-indexed-encode-0.7bit",
            "adaptive-nibble-decode", "adaptive-nibble-encode", "adaptive-nibble-decode-x8", "adaptive-nibble-encode-x8",
            "bf16-decode", "bf16-encode", "bf16-decode-threads", "bf16-encode-threads",
            .. Lz4Block.IsAvailable ? (string[])["lz4-decode", "lz4-encode"] : [],
        ];
        Assert.Equal(names, cases.Select(one => one.Name));
        Assert.All(cases, one => Assert.Equal(one.Name.Contains("indexed", StringComparison.Ordinal) ? "Msymbols/s" : "MB/s", one.Unit));
        Assert.All(cases, one => one.Body());
        Assert.Equal(1.048576, cases[0].ToUnit(1), 1e-9);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void The_bytes_of_the_benchmark_have_the_entropy_that_the_row_names(double bits)
    {
        byte[] bytes = EntropyData.Gaussian(bits, 1 << 18);
        double[] shares = [.. bytes.CountBy(value => value).Select(pair => pair.Value / (double)bytes.Length)];
        double entropy = -shares.Sum(share => share * Math.Log2(share));
        Assert.InRange(entropy, bits - 0.08, bits + 0.08);
    }

    [Theory]
    [InlineData(false, 2.62)]
    [InlineData(true, 0.66)]
    public void The_symbols_of_the_benchmark_have_the_information_that_the_row_names(bool narrow, double bits)
    {
        (byte[] indices, short[] symbols) = EntropyData.Indexed(narrow, 1 << 16);
        Assert.InRange(EntropyData.IndexedTables.EstimateBits(indices, symbols) / symbols.Length, bits - 0.04, bits + 0.04);
    }

    [Fact]
    public void The_picture_of_the_benchmark_is_the_same_on_every_call()
    {
        Picture picture = SyntheticPicture.Make(96, 64);
        Assert.True(TestPictures.Same(picture, SyntheticPicture.Make(96, 64)));
        Assert.True(picture.Pixels.Distinct().Count() > 150);
    }
}
