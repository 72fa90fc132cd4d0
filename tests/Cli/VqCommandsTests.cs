using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;

namespace Lacuna.Tests.Cli;

/// <summary>The commands of vector quantisation end to end.</summary>
public class VqCommandsTests
{
    const int Count = 600;
    const int Dimensions = 8;

    static readonly float[] Vectors = Engine.Quantization.QuantizationData.Gaussian(Count * Dimensions, 1);

    static byte[] Npy => NpyArray.Write<float>(Vectors, Count / 20, 20, Dimensions);

    [Theory]
    [InlineData("--stages", "3", 3)]
    [InlineData("--groups", "2", 2)]
    [InlineData("--lambda", "0.1", 1)]
    [InlineData("--metric", "cosine", 1)]
    [InlineData("--batch", "100", 1)]
    public void Vectors_are_trained_on_encoded_and_decoded(string option, string value, int tokens)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["v.npy"], Npy);
        Done(folder, "train", "v.npy", "c.safetensors", "--codewords", "16", option, value, "--threads", "2");
        string info = Done(folder, "info", "c.safetensors");
        Assert.Contains($"stages      {tokens} x 16\n", info, StringComparison.Ordinal);
        string report = Done(folder, "encode", "c.safetensors", "v.npy", "t.lact");
        Assert.Contains($"{Count} vectors of 8, {Count * tokens} tokens, ", report, StringComparison.Ordinal);
        Assert.Contains($"vectors     {Count}\n", Done(folder, "info", "t.lact"), StringComparison.Ordinal);
        Assert.Equal(
            info.Split('\n').Single(line => line.StartsWith("codebook", StringComparison.Ordinal)),
            Done(folder, "info", "t.lact").Split('\n').Single(line => line.StartsWith("codebook", StringComparison.Ordinal)));
        Done(folder, "encode", "c.safetensors", "v.npy", "t.npy");
        Done(folder, "encode", "c.safetensors", "v.npy", "s.lact", "--static");
        Done(folder, "decode", "c.safetensors", "t.lact", "a.npy");
        Done(folder, "decode", "c.safetensors", "s.lact", "s.npy");
        Assert.Equal(File.ReadAllBytes(folder["a.npy"]), File.ReadAllBytes(folder["s.npy"]));
        Done(folder, "decode", "c.safetensors", "t.npy", "b.npy");
        Assert.Equal(File.ReadAllBytes(folder["a.npy"]), File.ReadAllBytes(folder["b.npy"]));
        NpyArray decoded = NpyArray.Read(File.ReadAllBytes(folder["a.npy"]));
        Assert.Equal([Count, Dimensions], decoded.Shape);
        Assert.Equal([Count, tokens], NpyArray.Read(File.ReadAllBytes(folder["t.npy"])).Shape);
    }

    [Fact]
    public void Fewer_stages_and_a_beam_and_raw_files_agree_with_the_engine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["v.f32"], MemoryMarshal.AsBytes(Vectors.AsSpan()).ToArray());
        Done(folder, "train", "v.f32", "c.safetensors", "--dimensions", "8", "--stages", "3", "--codewords", "8", "--seed", "4");
        double greedy = Error("--stages", "2"), beam = Error("--stages", "2", "--beam", "4"), all = Error("--beam", "4");
        Assert.True(beam < greedy && all < beam, $"{greedy} {beam} {all}");
        Done(folder, "decode", "c.safetensors", "t.lact", "d.f32", "--raw");
        float[] decoded = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["d.f32"])).ToArray();
        Assert.Equal(all, Engine.Quantization.QuantizationData.SquaredError(Vectors, decoded) / Count, 1e-9);

        double Error(params string[] options)
        {
            using JsonDocument json = JsonDocument.Parse(
                Done(folder, ["encode", "c.safetensors", "v.f32", "t.lact", "--dimensions", "8", "--json", .. options]));
            return json.RootElement.GetProperty("squaredError").GetDouble();
        }
    }

    [Theory]
    [InlineData("fsq:8,8,8,5,5,5,4,3")]
    [InlineData("lfq:8")]
    [InlineData("bsq:8")]
    public void Implied_codebooks_need_no_file(string codebook)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["v.npy"], Npy);
        Done(folder, "encode", codebook, "v.npy", "t.lact");
        Done(folder, "encode", codebook, "v.npy", "t.npy");
        NpyArray indices = NpyArray.Read(File.ReadAllBytes(folder["t.npy"]));
        Assert.Equal([Count, 1], indices.Shape);
        Done(folder, "decode", codebook, "t.lact", "a.npy");
        Done(folder, "decode", codebook, "t.npy", "b.npy");
        Assert.Equal(File.ReadAllBytes(folder["a.npy"]), File.ReadAllBytes(folder["b.npy"]));
        Assert.Contains("0000000000000000", Done(folder, "info", codebook), StringComparison.Ordinal);
    }

    [Fact]
    public void Patches_of_a_picture_make_the_picture_again()
    {
        using var folder = new TemporaryFolder();
        using (var png = new FileStream(folder["p.png"], FileMode.CreateNew))
        {
            PictureWriter.Write(TestPictures.Slopes(96, 80, Lacuna.Codecs.PixelLayout.Rgb, 3), OutputFormat.Png, png);
        }

        Assert.Contains("480 vectors of 48", Done(folder, "patches", "p.png", "p.npy"), StringComparison.Ordinal);
        Assert.Equal([20, 24, 48], NpyArray.Read(File.ReadAllBytes(folder["p.npy"])).Shape);
        Done(folder, "picture", "p.npy", "q.png", "--columns", "24");
        Assert.True(TestPictures.Same(
            PictureReader.Read(File.ReadAllBytes(folder["p.png"])), PictureReader.Read(File.ReadAllBytes(folder["q.png"]))));
        Fault(folder, 1, "are no picture of squares of 4", "picture", "p.npy", "r.png", "--columns", "23");
        Fault(folder, 2, "--columns is missing", "picture", "p.npy", "r.png");
        File.WriteAllText(folder["s.pgm"], "P2 3 2 255 1 2 3 4 5 6\n");
        Fault(folder, 1, "3 x 2 pixels hold no square of 4", "patches", "s.pgm", "r.npy");
    }

    [Fact]
    public void Faults_are_one_line_and_leave_no_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["v.npy"], Npy);
        float[] strange = [.. Vectors];
        strange[21] = float.NaN;
        File.WriteAllBytes(folder["nan.npy"], NpyArray.Write<float>(strange, Count, Dimensions));
        File.WriteAllBytes(folder["ints.npy"], NpyArray.Write<long>([1, 2, 300, 3, 1, 2], 2, 3));
        File.WriteAllText(folder["text"], "this is text");
        Done(folder, "train", "v.npy", "c.safetensors", "--codewords", "4");
        Done(folder, "train", "v.npy", "d.safetensors", "--codewords", "4", "--seed", "9");
        Done(folder, "train", "v.npy", "e.safetensors", "--codewords", "4", "--stages", "3");
        Done(folder, "encode", "c.safetensors", "v.npy", "t.lact");
        string?[] before = [.. folder.Names.Order()];

        Fault(folder, 1, "too few for 601 codewords", "train", "v.npy", "o", "--codewords", "601");
        Fault(folder, 1, "element 5 of vector 2 is a NaN or an infinity", "train", "nan.npy", "o", "--codewords", "4");
        Fault(folder, 1, "element 5 of vector 2 is a NaN", "encode", "c.safetensors", "nan.npy", "o");
        Fault(folder, 2, "raw files of float32 want --dimensions", "train", "text", "o");
        Fault(folder, 1, "are no whole number of vectors of 2", "train", "text", "o", "--dimensions", "2");
        Fault(folder, 1, "not floats", "train", "ints.npy", "o");
        Fault(folder, 2, "exclude each other", "train", "v.npy", "o", "--stages", "2", "--groups", "2");
        Fault(folder, 2, "do not divide", "train", "v.npy", "o", "--groups", "3");
        Fault(folder, 2, "wants the euclidean metric", "train", "v.npy", "o", "--metric", "cosine", "--lambda", "1");
        Fault(folder, 2, "is euclidean or cosine", "train", "v.npy", "o", "--metric", "dot");
        Fault(folder, 1, "text: ", "encode", "text", "v.npy", "o");
        Fault(folder, 2, "is no codebook", "encode", "fsq:8,1", "v.npy", "o");
        Fault(folder, 2, "is no codebook", "encode", "lfq:63", "v.npy", "o");
        Fault(folder, 2, "is no codebook", "encode", "bsq:3,3", "v.npy", "o");
        Fault(folder, 1, "have 8 elements, and the codebook 5", "encode", "lfq:5", "v.npy", "o");
        Fault(folder, 2, "--stages is 2, and the codebook has 1", "encode", "c.safetensors", "v.npy", "o", "--stages", "2");
        Fault(folder, 1, "was made with codebook", "decode", "d.safetensors", "t.lact", "o");
        Fault(folder, 1, "do not fit the codebook", "decode", "c.safetensors", "ints.npy", "o");
        Fault(folder, 1, "was made with codebook", "decode", "lfq:8", "t.lact", "o");
        Fault(folder, 1, "index 2 is 300, which names no codeword", "decode", "e.safetensors", "ints.npy", "o");
        Fault(folder, 1, "holds no tokens", "decode", "c.safetensors", "text", "o");
        Assert.Equal(before, folder.Names.Order());
        Done(folder, "encode", "c.safetensors", "nan.npy", "t2.lact", "--map");

        byte[] tokens = File.ReadAllBytes(folder["t.lact"]);
        tokens[^9] ^= 1;
        File.WriteAllBytes(folder["t.lact"], tokens);
        Fault(folder, 1, "is damaged", "info", "t.lact");
    }

    [Fact]
    public void The_group_tells_its_commands()
    {
        CliRun help = CliRun.Of("vq", "--help");
        Assert.Equal((0, ""), (help.Exit, help.Error));
        Assert.Contains("  train     Train a codebook on vectors.\n", help.Text, StringComparison.Ordinal);
        Assert.Equal(help.Text, CliRun.Of("help", "vq").Text);
        Assert.Equal((2, help.Text), (CliRun.Of("vq").Exit, CliRun.Of("vq").Error));
        Assert.Equal("lacuna: there is no command 'vq tarin'; 'lacuna --help' names those there are\n", CliRun.Of("vq", "tarin").Error);
        Assert.Contains("lacuna vq train IN CODEBOOK [OPTIONS]", CliRun.Of("vq", "train", "--help").Text, StringComparison.Ordinal);
        Assert.Equal(CliRun.Of("vq", "info", "--help").Text, CliRun.Of("help", "vq", "info").Text);
    }

    [Theory]
    [InlineData("<f4", "(2, 3)", 24, true)]
    [InlineData("<f8", "(2, 3)", 48, true)]
    [InlineData("<f2", "(6,)", 12, true)]
    [InlineData(">f4", "(2, 3)", 24, false)]
    [InlineData("<c8", "(2, 3)", 48, false)]
    [InlineData("<f4", "(2, 4)", 24, false)]
    [InlineData("<f4", "(2000000000, 2000000000, 2000000000)", 24, false)]
    [InlineData("<f4", "(-2, -3)", 24, false)]
    [InlineData("<f4", "2, 3", 24, false)]
    public void Npy_headers_of_numpy_are_read_and_others_refused(string type, string shape, int bytes, bool valid)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 0, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[bytes]];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)header.Length);
        if (valid)
        {
            Assert.Equal(new float[6], NpyArray.Read(file).ToSingles());
        }
        else
        {
            Assert.Throws<FileFormatException>(() => NpyArray.Read(file));
        }

        Assert.Throws<FileFormatException>(() => NpyArray.Read(file.AsMemory(0, 20)));
        Assert.Throws<FileFormatException>(() => NpyArray.Read(Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(file).Replace("False", "True ", StringComparison.Ordinal))));
    }

    static string Done(TemporaryFolder folder, params string[] arguments)
    {
        CliRun run = CliRun.Of(["vq", .. arguments.Select((argument, i) => InFolder(folder, argument, i))]);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        return run.Text;
    }

    static void Fault(TemporaryFolder folder, int exit, string words, params string[] arguments)
    {
        CliRun run = CliRun.Of(["vq", .. arguments.Select((argument, i) => InFolder(folder, argument, i))]);
        Assert.Equal((exit, ""), (run.Exit, run.Text));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    /// <summary>Operands are files of the folder; options, their values and the words of implied codebooks stay.</summary>
    static string InFolder(TemporaryFolder folder, string argument, int place) =>
        place > 0 && (argument.Contains('.', StringComparison.Ordinal) || argument is "o" or "text") && !char.IsDigit(argument[0])
            ? folder[argument]
            : argument;
}
