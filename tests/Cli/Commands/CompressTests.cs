using System.Text.Json;
using Lacuna.Entropy;
using Lacuna.Tests.Engine.Entropy.Chunks;

namespace Lacuna.Tests.Cli.Commands;

/// <summary><c>compress</c>, <c>decompress</c>, and <c>info</c> of what they make.</summary>
public class CompressTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("stored")]
    [InlineData("floats")]
    public void A_file_comes_back_under_its_own_name(string method)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = PayloadInputs.Bell(300_000);
        File.WriteAllBytes(folder["a.bin"], bytes);
        CliRun run = CliRun.Of("compress", folder["a.bin"], "--method", method);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith($"{folder["a.bin.lacz"]}: ", run.Text, StringComparison.Ordinal);
        File.Delete(folder["a.bin"]);
        run = CliRun.Of("decompress", folder["a.bin.lacz"], "--threads", "2");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith($"{folder["a.bin"]}: 300000 bytes, ", run.Text, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(folder["a.bin"]));
        Assert.Equal(["a.bin", "a.bin.lacz"], folder.Names);
    }

    [Fact]
    public void Pipes_take_and_give_payloads()
    {
        byte[] bytes = PayloadInputs.Floats(10_000, FloatKind.BFloat16);
        CliRun compressed = CliRun.With(bytes, "compress", "-", "--kind", "bf16", "--chunk", "4096");
        Assert.Equal((0, ""), (compressed.Exit, compressed.Error));
        var options = new CompressorOptions { Method = CompressionMethod.Floats, ChunkBytes = 4096 };
        Assert.Equal(Compressor.Compress(bytes, options), compressed.Output);
        CliRun back = CliRun.With(compressed.Output, "decompress", "-");
        Assert.Equal((0, ""), (back.Exit, back.Error));
        Assert.Equal(bytes, back.Output);
    }

    [Fact]
    public void Info_tells_chunks_and_methods()
    {
        byte[] payload = Compressor.Compress([.. new byte[2048], .. PayloadInputs.Noise(100)], new CompressorOptions { ChunkBytes = 1024 });
        CliRun run = CliRun.With(payload, "info", "-");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("\ncontent  2148 bytes\nchunks   3\nmethods  stored run\n", run.Text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(CliRun.With(payload, "info", "-", "--json").Output);
        Assert.Equal(2148, json.RootElement.GetProperty("bytes").GetInt64());
        Assert.Equal(3, json.RootElement.GetProperty("chunks").GetInt32());
        Assert.Equal("payload", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(["stored", "run"], json.RootElement.GetProperty("methods").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Damage_is_one_line_that_says_where_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        byte[] payload = Compressor.Compress(PayloadInputs.Noise(5000), new CompressorOptions { ChunkBytes = 1024 });
        payload[2500] ^= 4;
        File.WriteAllBytes(folder["a.lacz"], payload);
        CliRun run = CliRun.Of("decompress", folder["a.lacz"]);
        Assert.Equal((1, ""), (run.Exit, run.Text));
        Assert.Equal($"{folder["a.lacz"]}: the chunk at byte 2071 is damaged: a checksum, a length or a value is wrong\n", run.Error);
        Assert.Equal(["a.lacz"], folder.Names);
    }

    [Fact]
    public void Content_past_the_limit_is_refused()
    {
        byte[] payload = Compressor.Compress(new byte[5000]);
        CliRun run = CliRun.With(payload, "decompress", "-", "--max-bytes", "4999");
        Assert.Equal(
            (1, "standard input: its content is longer than the limit of 4999 bytes; --max-bytes raises it\n"), (run.Exit, run.Error));
        Assert.Equal(5000, CliRun.With(payload, "decompress", "-", "--max-bytes", "5000").Output.Length);
    }

    [Lz4Fact]
    public void Lz4_frames_of_unknown_size_are_read_and_limits_hold_for_them()
    {
        byte[] frame = CliRun.With(new byte[1 << 20], "compress", "-", "--method", "lz4-frame").Output;
        Assert.True(frame.Length < 10_000);

        // Another frame of no content before it hides the size.
        byte[] hidden = [.. CliRun.With([], "compress", "-", "--method", "lz4-frame").Output, .. frame];
        Assert.Contains("content  of unknown size", CliRun.With(hidden, "info", "-").Text, StringComparison.Ordinal);
        Assert.Equal(1 << 20, CliRun.With(hidden, "decompress", "-").Output.Length);
        Assert.Equal(1, CliRun.With(hidden, "decompress", "-", "--max-bytes", "1000000").Exit);
    }

    [Theory]
    [InlineData("compress", "--method knows auto, ", "a", "--method", "x")]
    [InlineData("compress", "--kind knows bf16, fp16, fp32, not 'x'", "a", "--kind", "x")]
    [InlineData("compress", "--kind goes with --method floats only", "a", "--kind", "bf16", "--method", "stored")]
    [InlineData("compress", "--chunk wants a whole number from 1024 to 16777216, not '1'", "a", "--chunk", "1")]
    [InlineData("compress", "--json and OUT both want standard output; name a file", "-", "--json")]
    [InlineData("decompress", "the name a does not end in .lacz; -o OUT names the file to write", "a")]
    public void A_wrong_command_line_is_one_line_and_exit_code_2(string command, string message, params string[] arguments)
    {
        CliRun run = CliRun.Of([command, .. arguments]);
        Assert.Equal((2, ""), (run.Exit, run.Text));
        Assert.StartsWith($"lacuna {command}: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_payload_is_told()
    {
        Assert.Equal("standard input: neither a Lacuna payload nor an LZ4 frame\n", CliRun.With([1, 2, 3, 4, 5], "decompress", "-").Error);
        Assert.Equal("standard input: is empty\n", CliRun.With([], "decompress", "-").Error);
    }
}
