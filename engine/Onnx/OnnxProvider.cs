namespace Lacuna.Onnx;

/// <summary>What computes a session.</summary>
public enum OnnxProvider
{
    /// <summary>The processor; every build has it.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA device, by CUDA.</summary>
    Cuda = 1,

    /// <summary>An NVIDIA device, by TensorRT; what TensorRT cannot do goes by CUDA.</summary>
    TensorRt = 2,
}
