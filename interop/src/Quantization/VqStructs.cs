using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Quantization.Training;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>lac_codebook_options of lacuna/vq.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct NativeCodebookOptions
{
    public uint StructSize;
    public int Metric;
    public int Storage;
    public float Lambda;
    public float* Bits;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly CodebookOptions ToEngine()
    {
        Limits.Within(Metric, (int)CodeMetric.Euclidean, (int)CodeMetric.InnerProduct, "options->metric");
        Limits.Within(Storage, (int)CodewordStorage.Single, (int)CodewordStorage.Int8, "options->storage");
        return Bits != null || Lambda == 0
            ? new() { Metric = (CodeMetric)Metric, Storage = (CodewordStorage)Storage }
            : throw new ArgumentException("options->lambda is not 0, but options->bits is null.");
    }
}

/// <summary>lac_training_options of lacuna/vq.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NativeTrainingOptions
{
    public uint StructSize;
    public int Metric;
    public ulong Seed;
    public int Iterations;
    public int Batch;
    public int VectorsPerCodeword;
    public float Lambda;
    public int Threads;
    public uint Reserved;

    public static NativeTrainingOptions Default => new()
    {
        Iterations = new TrainingOptions().Iterations,
        VectorsPerCodeword = new TrainingOptions().MaxVectorsPerCodeword,
        Threads = 1,
    };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly TrainingOptions ToEngine()
    {
        Limits.Within(Metric, (int)CodeMetric.Euclidean, (int)CodeMetric.Cosine, "options->metric");
        Limits.Within(Iterations, 0, int.MaxValue, "options->iterations");
        Limits.Within(Batch, 0, int.MaxValue, "options->batch");
        Limits.Within(VectorsPerCodeword, 0, int.MaxValue, "options->vectors_per_codeword");
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.Within(Reserved, 0, 0, "options->reserved");
        return new()
        {
            Metric = (CodeMetric)Metric,
            Seed = Seed,
            Iterations = Iterations,
            BatchVectors = Batch,
            MaxVectorsPerCodeword = VectorsPerCodeword,
            Lambda = Lambda,
        };
    }
}

/// <summary>lac_codebook_properties of lacuna/vq.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct CodebookProperties
{
    public uint StructSize;
    public int Metric;
    public int Storage;
    public uint Reserved;
    public ulong Count;
    public ulong Dimensions;

    public static CodebookProperties From(Codebook codebook) => new()
    {
        Metric = (int)codebook.Metric,
        Storage = (int)codebook.Storage,
        Count = (ulong)codebook.Count,
        Dimensions = (ulong)codebook.Dimensions,
    };
}

/// <summary>lac_vq_options of lacuna/vq.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct VqOptions
{
    public uint StructSize;
    public int Beam;
    public int NonFinite;
    public int Threads;

    public static VqOptions Default => new() { Beam = 1, Threads = 1 };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly VqOptions Checked()
    {
        Limits.Within(Beam, 1, ResidualQuantizer.MaxBeam, "options->beam");
        Limits.Within(NonFinite, 0, 1, "options->non_finite");
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        return this;
    }
}

/// <summary>lac_vq_properties of lacuna/vq.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct VqProperties
{
    public uint StructSize;
    public int Dimensions;
    public int IndicesPerVector;
    public int Stages;

    public static VqProperties From(CodeQuantizer quantizer) => new()
    {
        Dimensions = quantizer.Dimensions,
        IndicesPerVector = quantizer.IndicesPerVector,
        Stages = quantizer.Stages,
    };
}
