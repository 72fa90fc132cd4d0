using Lacuna.Quantization;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>What a lac_vq is: a quantiser, its threads, and what it does with numbers that are not finite.</summary>
sealed class NativeQuantizer(CodeQuantizer quantizer, VqOptions options) : IDisposable
{
    readonly Turns turns = new("vq");
    readonly WorkerPool? workers = options.Threads == 1 ? null : new WorkerPool(options.Threads);

    public CodeQuantizer Quantizer => quantizer;

    public VqOptions Options => options;

    /// <summary>Shapes [count, dimensions] and [count, indices of a vector].</summary>
    public QuantizationResult Encode(ReadOnlySpan<float> vectors, Span<int> indices)
    {
        using Turns.Turn turn = turns.Take();
        return quantizer.Encode(vectors, indices, (NonFinite)options.NonFinite, workers);
    }

    /// <summary>The same shapes; 0 stages are all.</summary>
    public QuantizationResult Decode(ReadOnlySpan<int> indices, Span<float> vectors, int stages)
    {
        using Turns.Turn turn = turns.Take();
        return quantizer.Decode(indices, vectors, stages == 0 ? quantizer.Stages : stages);
    }

    public void Dispose()
    {
        turns.Close();
        workers?.Dispose();
    }
}
