namespace Lacuna.Onnx;

/// <summary>ONNX Runtime or a model for it is at fault. The message names the file and what of it is wrong.</summary>
public sealed class OnnxException : Exception
{
    /// <summary>Names the file and the fault.</summary>
    /// <param name="file">The library or the model.</param>
    /// <param name="fault">What is wrong with it.</param>
    public OnnxException(string file, string fault)
        : base($"{file}: {fault}")
    {
    }

    /// <summary>For a fault that no file has.</summary>
    /// <param name="message">What is wrong.</param>
    public OnnxException(string message)
        : base(message)
    {
    }
}
