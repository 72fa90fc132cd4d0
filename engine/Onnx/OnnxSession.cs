namespace Lacuna.Onnx;

/// <summary>A model that ONNX Runtime has opened.</summary>
/// <remarks>Runs are not exact: their bits depend on the build, the provider and the machine.</remarks>
public sealed class OnnxSession : IDisposable
{
    /// <summary>Opens a model.</summary>
    /// <param name="modelPath">The *.onnx file.</param>
    /// <param name="options">How to run it; null: by the processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">Threads or the device are negative.</exception>
    /// <exception cref="OnnxException">The runtime is missing or too old, or the model is missing or damaged.</exception>
    public OnnxSession(string modelPath, OnnxOptions? options = null)
    {
        options ??= new OnnxOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Device, nameof(options));
        if (!File.Exists(modelPath))
        {
            throw new OnnxException(modelPath, "there is no such file; it was named as a model");
        }

        ModelPath = modelPath;
        Runtime = OnnxRuntime.Load(options.LibraryPath);
        OrtApi api = Runtime.Api;
        (Handle, Provider) = Open(options);
        Inputs = api.Inputs(Handle, modelPath);
        Outputs = api.Outputs(Handle, modelPath);
    }

    /// <summary>The model's file.</summary>
    public string ModelPath { get; }

    /// <summary>The library that runs it.</summary>
    public OnnxRuntime Runtime { get; }

    /// <summary>What computes it in fact.</summary>
    public OnnxProvider Provider { get; }

    /// <summary>Why the provider that was asked for is not the one that computes; null where it is.</summary>
    public string? ProviderFault { get; private set; }

    /// <summary>What the model takes, in its order.</summary>
    public IReadOnlyList<TensorInfo> Inputs { get; }

    /// <summary>What it gives, in its order.</summary>
    public IReadOnlyList<TensorInfo> Outputs { get; }

    internal OrtHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    /// <summary>Opens the model by the provider that was asked for, and by the processor where that fails.</summary>
    (OrtHandle Handle, OnnxProvider Provider) Open(OnnxOptions options)
    {
        OrtApi api = Runtime.Api;
        if (options.Provider != OnnxProvider.Cpu)
        {
            try
            {
                using OrtHandle settings = Settings(options);
                if (Append(settings, options) is { } provider)
                {
                    return (api.CreateSession(Runtime.Environment, ModelPath, settings), provider);
                }
            }
            catch (OnnxException error)
            {
                // A device that is there by name only refuses here; a damaged model fails again below.
                ProviderFault = error.Message;
            }
        }

        using OrtHandle plain = Settings(options);
        return (api.CreateSession(Runtime.Environment, ModelPath, plain), OnnxProvider.Cpu);
    }

    OrtHandle Settings(OnnxOptions options)
    {
        OrtHandle settings = Runtime.Api.CreateSessionOptions(ModelPath);
        Runtime.Api.SetIntraOpThreads(settings, options.Threads == 0 ? Environment.ProcessorCount : options.Threads, ModelPath);

        // Threads that spin between runs would take the processor from the rest of the program.
        Runtime.Api.AddSessionConfig(settings, "session.intra_op.allow_spinning\0"u8, "0\0"u8, ModelPath);
        return settings;
    }

    /// <summary>Appends providers, best first; the best that the library has, or null where it has none of them.</summary>
    OnnxProvider? Append(OrtHandle settings, OnnxOptions options)
    {
        OnnxProvider? best = null;
        if (options.Provider == OnnxProvider.TensorRt)
        {
            ProviderFault = Runtime.Api.AppendTensorRt(settings, options);
            best = ProviderFault is null ? OnnxProvider.TensorRt : null;
        }

        string? cudaFault = Runtime.Api.AppendCuda(settings, options);
        if (cudaFault is null)
        {
            return best ?? OnnxProvider.Cuda;
        }

        ProviderFault ??= best is null ? cudaFault : null;
        return best;
    }
}
