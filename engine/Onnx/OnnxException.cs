namespace Lacuna.Onnx;

/// <summary>ONNX Runtime or a model for it is at fault. The message names the file and what of it is wrong.</summary>
/// <param name="file">The library or the model; "ONNX Runtime" where there is no file.</param>
/// <param name="fault">What is wrong with it, in one line.</param>
public sealed class OnnxException(string file, string fault) : Exception($"{file}: {fault}")
{
    /// <summary>What the fault is with.</summary>
    public string File { get; } = file;

    /// <summary>What is wrong with it.</summary>
    public string Fault { get; } = fault;
}
