using System.Runtime.InteropServices;
using Lacuna.Onnx;
using Lacuna.Tests.Cli;

namespace Lacuna.Tests.Engine.Onnx;

public class OnnxSessionTests
{
    static readonly OnnxOptions Options = new() { LibraryPath = InstalledRuntime.Path, Threads = 1 };

    [OnnxFact]
    public void A_model_runs_in_the_memory_that_was_bound()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Sum(folder, ElementType.Float32);
        using var binding = new OnnxBinding(session);
        BoundTensor x = binding.AddInput("x", [2, 3]), y = binding.AddInput("y", [2, 3]), z = binding.AddOutput("z", [2, 3]);
        x.Set([1, 2, 3, 4, 5, 6]);
        y.Fill(0.5);
        binding.Run();
        Assert.Equal([1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f], z.Floats.ToArray());

        x.Floats[5] = -1;
        binding.Run();
        Assert.Equal(-0.5f, z.Floats[5]);
    }

    [OnnxFact]
    public void A_run_allocates_nothing()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Sum(folder, ElementType.Float32);
        using var binding = new OnnxBinding(session);
        binding.AddInput("x", [2, 3]);
        binding.AddInput("y", [2, 3]);
        binding.AddOutput("z", [2, 3]);
        binding.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        binding.Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [OnnxFact]
    public void What_a_model_takes_and_gives_is_told()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Sum(folder, ElementType.Float32);
        Assert.Equal(["'x' [?, 3] Float32", "'y' [?, 3] Float32"], session.Inputs.Select(input => input.ToString()));
        Assert.Equal(["'z' [?, 3] Float32"], session.Outputs.Select(output => output.ToString()));
        Assert.Equal(OnnxProvider.Cpu, session.Provider);
        Assert.Null(session.ProviderFault);
        Assert.StartsWith("1.", session.Runtime.Version, StringComparison.Ordinal);
    }

    [OnnxFact]
    public void Halves_go_in_and_out()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Sum(folder, ElementType.Float16);
        using var binding = new OnnxBinding(session);
        BoundTensor x = binding.AddInput("x", [1, 3]), z = binding.AddOutput("z", [1, 3]);
        binding.AddInput("y", [1, 3]).Fill(1);
        x.Set([0.5f, -3, 1e-4f]);
        binding.Run();
        Assert.Equal([(Half)1.5f, (Half)(-2f), (Half)1.0001f], MemoryMarshal.Cast<byte, Half>(z.Bytes).ToArray());
    }

    [OnnxFact]
    public void Bfloat16_and_whole_numbers_go_in_and_out()
    {
        using var folder = new TemporaryFolder();
        string path = folder["cast.onnx"];
        new OnnxModel()
            .Input("t", ElementType.Int64, 2).Input("x", ElementType.BFloat16, 2)
            .Output("b", ElementType.BFloat16, 2).Output("f", ElementType.Float32, 2)
            .Cast("b", "t", ElementType.BFloat16).Cast("f", "x", ElementType.Float32).Save(path);
        using var session = new OnnxSession(path, Options);
        using var binding = new OnnxBinding(session);
        binding.AddInput("t", [2]).Set([999.4f, -7]);
        binding.AddInput("x", [2]).Set([1.00390625f, 1.01171875f]);
        BoundTensor b = binding.AddOutput("b", [2]), f = binding.AddOutput("f", [2]);
        binding.Run();
        Assert.Equal([0x447A, 0xC0E0], MemoryMarshal.Cast<byte, ushort>(b.Bytes).ToArray());

        // Halfway between two neighbours both times: to the even one.
        Assert.Equal([1f, 1.015625f], f.Floats.ToArray());
    }

    [OnnxFact]
    public void A_device_that_is_not_there_leaves_the_processor_and_a_reason()
    {
        using var folder = new TemporaryFolder();
        foreach (OnnxProvider provider in new[] { OnnxProvider.Cuda, OnnxProvider.TensorRt })
        {
            using OnnxSession session = Sum(folder, ElementType.Float32, Options with { Provider = provider });
            Assert.Equal(session.Provider == provider, session.ProviderFault is null);
            Assert.True(session.Provider == provider || session.ProviderFault!.Length > 10);
        }
    }

    [OnnxFact]
    public void Faults_name_the_file_and_the_field()
    {
        using var folder = new TemporaryFolder();
        using OnnxSession session = Sum(folder, ElementType.Float32);
        using var binding = new OnnxBinding(session);
        Fault(() => binding.AddInput("q", [2, 3]), "sum.onnx: there is no input 'q'; there are 'x' [?, 3] Float32, 'y' [?, 3] Float32");
        Fault(() => binding.AddInput("x", [2, 4]), "sum.onnx: the input 'x' has the shape [?, 3], not [2, 4]");
        Fault(() => binding.AddOutput("z", [6]), "sum.onnx: the output 'z' has the shape [?, 3], not [6]");
        binding.AddInput("x", [2, 3]);
        Fault(binding.Run, "sum.onnx: the input 'y' [?, 3] Float32 is not given");

        // Shapes that the model names alike but that do not go together are the runtime's to tell.
        binding.AddInput("y", [4, 3]);
        binding.AddOutput("z", [2, 3]);
        Fault(binding.Run, "sum.onnx: ");
        Assert.Throws<ArgumentException>(() => binding.AddInput("x", [2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => binding.AddInput("x", [0, 3]));
    }

    [OnnxFact]
    public void Damaged_and_missing_models_are_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder["broken.onnx"];
        File.WriteAllBytes(path, [1, 2, 3, 4, 5]);
        Fault(() => Open(path), $"{path}: ");
        Fault(() => Open(folder["none.onnx"]), "none.onnx: there is no such file");
        Assert.Throws<ArgumentOutOfRangeException>(() => { using var session = new OnnxSession(path, Options with { Threads = -1 }); });
    }

    static void Fault(Action act, string message) =>
        Assert.Contains(message, Assert.Throws<OnnxException>(act).Message, StringComparison.Ordinal);

    static void Open(string path)
    {
        using var session = new OnnxSession(path, Options);
    }

    static OnnxSession Sum(TemporaryFolder folder, ElementType type, OnnxOptions? options = null)
    {
        string path = folder["sum.onnx"];
        new OnnxModel().Input("x", type, -1, 3).Input("y", type, -1, 3).Output("z", type, -1, 3).Node("Add", "z", "x", "y").Save(path);
        return new OnnxSession(path, options ?? Options);
    }
}
