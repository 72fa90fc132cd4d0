using System.Runtime.InteropServices;
using Lacuna.Denoisers;
using Lacuna.Kernels;
using Lacuna.Onnx;
using Lacuna.Sampling;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Cli;
using Lacuna.Tests.Engine.Onnx;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Denoisers;

public class OnnxDenoiserTests
{
    static readonly OnnxOptions Options = new() { LibraryPath = InstalledRuntime.Path, Threads = 1 };

    static readonly OnnxCondition Text = new("text", [2, 1], new float[] { 10, 20 }, new float[] { -1, -2 });

    [OnnxFact]
    public void Guidance_asks_twice_about_the_same_latents()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Model(folder, ElementType.Float32);
        using var denoiser = new OnnxDenoiser(session, [2, 3], [Text]);
        Assert.True(denoiser.CanGuide);
        new float[] { 1, 2, 3, 4, 5, 6 }.CopyTo(denoiser.Input);

        NetworkOutput output = denoiser.Run(100, guided: true);
        Assert.Equal(NetworkFormat.Float32, output.Format);
        Assert.Equal([111f, 112, 113, 124, 125, 126], Floats(output.Conditional));
        Assert.Equal([100f, 101, 102, 102, 103, 104], Floats(output.Unconditional));

        NetworkOutput alone = denoiser.Run(0, guided: false);
        Assert.Equal([11f, 12, 13, 24, 25, 26], Floats(alone.Conditional));
        Assert.True(alone.Unconditional.IsEmpty);
    }

    [OnnxFact]
    public void Halves_are_converted_on_the_way_in_and_left_on_the_way_out()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Model(folder, ElementType.Float16);
        using var denoiser = new OnnxDenoiser(session, [2, 3], [Text]);
        denoiser.Input.Fill(0.25f);
        NetworkOutput output = denoiser.Run(2, guided: true);
        Assert.Equal(NetworkFormat.Float16, output.Format);
        Assert.Equal((Half)22.25f, MemoryMarshal.Cast<byte, Half>(output.Conditional)[5]);
        Assert.Equal((Half)0.25f, MemoryMarshal.Cast<byte, Half>(output.Unconditional)[5]);
    }

    [OnnxFact]
    public void Bfloat16_comes_out_as_it_is()
    {
        using var folder = new TemporaryFolder();
        string path = folder["model.onnx"];
        new OnnxModel().Input("sample", ElementType.Float32, -1).Input("timestep", ElementType.Float64, 1)
            .Output("out_sample", ElementType.BFloat16, -1).Cast("out_sample", "sample", ElementType.BFloat16).Save(path);
        using var session = new OnnxSession(path, Options);
        using var denoiser = new OnnxDenoiser(session, [3]);
        new float[] { 1, -2, 0.5f }.CopyTo(denoiser.Input);
        NetworkOutput output = denoiser.Run(1, guided: false);
        Assert.Equal(NetworkFormat.BFloat16, output.Format);
        Assert.Equal([0x3F80, 0xC000, 0x3F00], MemoryMarshal.Cast<byte, ushort>(output.Conditional).ToArray());
    }

    [OnnxFact]
    public void A_run_allocates_nothing()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Model(folder, ElementType.Float32);
        using var denoiser = new OnnxDenoiser(session, [2, 3], [Text]);
        denoiser.Run(1, guided: true);
        Assert.Equal(0, Allocated.By(() => denoiser.Run(2, guided: true)));
    }

    [OnnxFact]
    public void Faults_name_the_file_and_the_field()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Model(folder, ElementType.Float32);
        Fault([2, 3], [], "model.onnx: the input 'text' [?, 1] Float32 is not given");
        Fault([2, 4], [Text], "model.onnx: the input 'sample' has the shape [?, 3], not [2, 4]");
        Fault([2, 3], [Text with { Shape = [2, 2] }], "model.onnx: the input 'text' has the shape [?, 1], not [2, 2]");
        Fault([2, 3], [Text, new("size", [1], new float[1])], "model.onnx: there is no input 'size'");
        Assert.Throws<ArgumentException>(() => Open(session, [2, 3], [Text with { Values = new float[3] }]));

        using var denoiser = new OnnxDenoiser(session, [2, 3], [Text with { Negative = null }]);
        Assert.False(denoiser.CanGuide);
        Assert.Throws<ArgumentException>(() => { denoiser.Run(1, guided: true); });

        string path = folder["other.onnx"];
        new OnnxModel().Input("y", ElementType.Float32, 1).Output("z", ElementType.Float32, 1).Node("Neg", "z", "y").Save(path);
        using var other = new OnnxSession(path, Options);
        Assert.StartsWith(
            $"{path}: there is no input for the latents (", Assert.Throws<OnnxException>(() => Open(other, [1], [])).Message,
            StringComparison.Ordinal);

        void Fault(long[] shape, OnnxCondition[] conditions, string message) => Assert.Contains(
            message, Assert.Throws<OnnxException>(() => Open(session, shape, conditions)).Message, StringComparison.Ordinal);
    }

    [OnnxFact]
    public void The_engine_and_onnx_runtime_are_the_same_denoiser()
    {
        using var pool = new WorkerPool(1);
        using var network = new PatchNetwork(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "denoiser.safetensors")), pool);
        using var session = new OnnxSession(Path.Combine(Repository.Root, "models", "denoiser.onnx"), Options);
        using var own = new NetworkDenoiser(network, 2, 16, 16);
        using var other = new OnnxDenoiser(session, own.Shape);
        new PhiloxNoise(3).Fill(0, 0, own.Input);
        own.Input.CopyTo(other.Input);
        float[] first = Floats(own.Run(400, guided: false).Conditional), second = Floats(other.Run(400, guided: false).Conditional);
        Assert.True(first.Zip(second, (a, b) => Math.Abs(a - b)).Max() < 2e-5);
        Assert.NotEqual(first[..768], first[768..]);
        Assert.Throws<ArgumentException>(() => { own.Run(400, guided: true); });
    }

    /// <summary>sample + text + timestep, in one type.</summary>
    static OnnxSession Model(TemporaryFolder folder, ElementType type)
    {
        string path = folder["model.onnx"];
        new OnnxModel()
            .Input("sample", type, -1, 3).Input("timestep", ElementType.Int64).Input("text", type, -1, 1).Output("out_sample", type, -1, 3)
            .Cast("t", "timestep", type).Node("Add", "sum", "sample", "text").Node("Add", "out_sample", "sum", "t").Save(path);
        return new OnnxSession(path, Options);
    }

    static void Open(OnnxSession session, long[] shape, OnnxCondition[] conditions)
    {
        using var denoiser = new OnnxDenoiser(session, shape, conditions);
    }

    static float[] Floats(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
