using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;
using Lacuna.Codecs;
using Lacuna.Onnx;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Engine.Onnx;

namespace Lacuna.Tests.Cli.Samples;

public class SampleCommandTests
{
    [Fact]
    public void A_sample_is_the_same_file_every_time_and_another_by_another_seed()
    {
        using var folder = new TemporaryFolder();
        byte[] first = Sample(folder, "--steps", "4"), again = Sample(folder, "--steps", "4");
        byte[] other = Sample(folder, "--steps", "4", "--seed", "1");
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Picture picture = PictureReader.Read(first);
        Assert.Equal((16, 16, PixelLayout.Rgb), (picture.Width, picture.Height, picture.Layout));
    }

    [Theory]
    [InlineData("ddim")]
    [InlineData("euler-a")]
    [InlineData("heun")]
    [InlineData("unipc")]
    [InlineData("dpmpp-2m-sde")]
    [InlineData("dpmpp-3m-sde")]
    [InlineData("dpmpp-3s")]
    [InlineData("ipndm")]
    [InlineData("lcm")]
    [InlineData("DEISMultistepScheduler")]
    public void Every_solver_makes_values_of_a_picture(string solver)
    {
        using var folder = new TemporaryFolder();
        NpyArray array = Read(folder, "--steps", "12", "--solver", solver, "--count", "2");
        Assert.Equal([2, 3, 16, 16], array.Shape);
        float[] values = array.ToSingles();
        Assert.All(values, value => Assert.InRange(value, -3f, 3f));
        Assert.InRange(values.Max() - values.Min(), 0.1f, 6f);
    }

    [Fact]
    public void The_size_the_count_and_the_noise_are_as_asked_for()
    {
        using var folder = new TemporaryFolder();
        NpyArray own = Read(folder, "--steps", "2", "--size", "24x8", "--count", "3");
        Assert.Equal([3, 3, 8, 24], own.Shape);
        NpyArray torch = Read(folder, "--steps", "2", "--size", "24x8", "--count", "3", "--noise", "torch-cpu");
        NpyArray cuda = Read(folder, "--steps", "2", "--size", "24x8", "--count", "3", "--noise", "torch-cuda:4096");
        Assert.NotEqual(own.ToSingles(), torch.ToSingles());
        Assert.NotEqual(torch.ToSingles(), cuda.ToSingles());
        Picture picture = PictureReader.Read(Sample(folder, "--steps", "2", "--size", "24x8", "--count", "3"));
        Assert.Equal((48, 16), (picture.Width, picture.Height));
    }

    [Fact]
    public void What_is_known_stays_and_the_rest_is_made()
    {
        using var folder = new TemporaryFolder();
        byte[] colours = new byte[16 * 16 * 3], mask = new byte[16 * 16];
        new Random(1).NextBytes(colours);
        mask.AsSpan(128).Fill(255);
        Save(folder["known.png"], new Picture(16, 16, PixelLayout.Rgb, colours));
        Save(folder["mask.png"], new Picture(16, 16, PixelLayout.Grey, mask));
        Picture picture = PictureReader.Read(Sample(folder, "--steps", "5", "--known", folder["known.png"], "--mask", folder["mask.png"]));
        Assert.Equal(colours[..384], picture.Pixels[..384]);
        Assert.NotEqual(colours[384..], picture.Pixels[384..]);
    }

    [Fact]
    public void A_picture_to_begin_with_shows_the_more_the_less_of_the_run_is_left()
    {
        using var folder = new TemporaryFolder();
        byte[] colours = [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 48 * 16))];
        Save(folder["start.png"], new Picture(16, 16, PixelLayout.Rgb, colours));
        double near = Distance("0.1"), far = Distance("1");
        Assert.True(near < far, $"{near} against {far}");

        double Distance(string strength) => PictureReader
            .Read(Sample(folder, "--steps", "20", "--start", folder["start.png"], "--strength", strength)).Pixels
            .Zip(colours, (a, b) => Math.Abs(a - (double)b)).Average();
    }

    [OnnxFact]
    public void A_model_by_onnx_runtime_makes_the_same_as_the_engine()
    {
        using var folder = new TemporaryFolder();
        string models = Path.Combine(Repository.Root, "models");
        string[] model =
        [
            "--model", Path.Combine(models, "denoiser.onnx"), "--config", Path.Combine(models, "denoiser.json"),
            .. InstalledRuntime.Path is { } path ? ["--onnxruntime", path] : Array.Empty<string>(),
        ];
        foreach (string solver in new[] { "ddim", "dpmpp-2m", "euler-a" })
        {
            string[] common = ["--steps", "8", "--count", "4", "--solver", solver, "--size", "16x16"];
            NpyArray own = Read(folder, common), other = Read(folder, [.. common, .. model]);
            double worst = own.ToSingles().Zip(other.ToSingles(), (a, b) => (double)Math.Abs(a - b)).Max();
            Assert.True(worst < 1e-3, $"{solver}: off by {worst}");
        }
    }

    [OnnxFact]
    public void Conditions_come_from_files_and_faults_name_them()
    {
        using var folder = new TemporaryFolder();
        string model = folder["model.onnx"], config = Path.Combine(Repository.Root, "models", "denoiser.json");
        new OnnxModel()
            .Input("sample", ElementType.Float32, -1, 1, 4, 4).Input("timestep", ElementType.Float32).Input("text", ElementType.Float32, 1)
            .Output("out_sample", ElementType.Float32, -1, 1, 4, 4).Node("Mul", "out_sample", "sample", "text").Save(model);
        WriteArray(folder["one.npy"], [1], 0.5f);
        WriteArray(folder["two.npy"], [2], 0.5f, 1);
        List<string> start = ["--model", model, "--config", config, "--steps", "2"];
        start.AddRange(InstalledRuntime.Path is { } path ? ["--onnxruntime", path] : []);

        Assert.Equal([1, 1, 4, 4], Read(folder, [.. start, "--condition", $"text={folder["one.npy"]}"]).Shape);
        Fails(1, $"{model}: the input 'text' [1] Float32 is not given", [.. start]);
        Fails(1, $"{model}: the input 'text' has the shape [1], not [2]", [.. start, "--condition", $"text={folder["two.npy"]}"]);
        Fails(1, $"{folder["none.npy"]}: no such file", [.. start, "--condition", $"text={folder["none.npy"]}"]);
        Fails(1, "the input 'sample' has the shape [?, 1, 4, 4], not [1, 1, 8, 8]", [.. start, "--size", "8x8"]);
        Assert.Equal(["model.onnx", "one.npy", "out.npy", "two.npy"], folder.Names);
    }

    [Fact]
    public void Faults_leave_no_file_and_say_what_is_wrong()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.json"], """{"_class_name": "NoSuchScheduler"}""");
        File.WriteAllText(folder["model.onnx"], "no model");
        string model = folder["model.onnx"], config = folder["bad.json"];
        Fails(
            1, $"{config}: The scheduler's configuration: field '_class_name' is 'NoSuchScheduler'", "--model", model, "--config", config);
        Fails(1, $"{folder["none.json"]}: no such file", "--model", model, "--config", folder["none.json"]);
        Fails(
            1, "there is no such file; it was named as ONNX Runtime", "--model", model, "--config",
            Path.Combine(Repository.Root, "models", "denoiser.json"), "--onnxruntime", folder["none.so"]);
        Fails(2, "--steps wants a whole number from 1 to 10000, not '0'", "--steps", "0");
        Fails(2, "--solver knows ddim,", "--solver", "magic");
        Fails(2, "--model wants --config", "--model", model);
        Fails(2, "--known wants --mask", "--known", "x.png");
        Fails(2, "--guidance and --negative want each other", "--guidance", "7");
        Fails(2, "an even width and height, not 15x16", "--size", "15x16");
        Fails(2, "--size wants two numbers", "--size", "16");
        Fails(2, "--noise wants lacuna,", "--noise", "torch-cuda:100");
        Fails(2, "pixels are more than the 256 of --max-pixels", "--max-pixels", "256", "--count", "2");
        Assert.Equal(["bad.json", "model.onnx"], folder.Names);
    }

    static byte[] Sample(TemporaryFolder folder, params string[] options)
    {
        CliRun run = CliRun.Of(["sample", folder["out.png"], .. options]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Exit);
        return File.ReadAllBytes(folder["out.png"]);
    }

    static NpyArray Read(TemporaryFolder folder, params string[] options)
    {
        CliRun run = CliRun.Of(["sample", folder["out.npy"], .. options]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Exit);
        return NpyArray.Read(File.ReadAllBytes(folder["out.npy"]));
    }

    static void Fails(int exit, string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        CliRun run = CliRun.Of(["sample", folder["out.png"], .. options]);
        Assert.Equal(exit, run.Exit);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.Empty(folder.Names);
    }

    static void Save(string path, Picture picture)
    {
        using FileStream file = File.Create(path);
        PictureWriter.Write(picture, OutputFormat.Png, file);
    }

    static void WriteArray(string path, int[] shape, params float[] values) =>
        File.WriteAllBytes(path, NpyArray.Write<float>(values, shape));
}
