namespace Lacuna.Onnx;

/// <summary>How a model is to be run.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// The library, or the folder that holds it. Null: what the environment variable LACUNA_ONNXRUNTIME names, or else what the system's
    /// loader finds.
    /// </summary>
    public string? LibraryPath { get; init; }

    /// <summary>
    /// What is to compute; where it is not to be had, the processor does, and <see cref="OnnxSession.ProviderFault"/> tells why.
    /// </summary>
    public OnnxProvider Provider { get; init; }

    /// <summary>Threads for the processor's part, 1 or more; 0: one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Number of the NVIDIA device.</summary>
    public int Device { get; init; }

    /// <summary>Lets TensorRT compute in 16 bits.</summary>
    public bool HalfPrecision { get; init; }

    /// <summary>Folder in which TensorRT keeps what it has built, to start faster the next time; null: nothing is kept.</summary>
    public string? CacheFolder { get; init; }
}
