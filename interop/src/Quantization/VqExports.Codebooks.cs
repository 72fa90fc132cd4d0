using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Quantization;
using Lacuna.Quantization.Training;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>The exports of lac_codebook.</summary>
static unsafe partial class VqExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_codebook_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status CodebookCreate(float* codewords, nuint count, nuint dimensions, NativeCodebookOptions* options, nint* codebook)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(codebook, nameof(codebook));
            NativeCodebookOptions chosen = Native.Options(options, default, nameof(options));
            Limits.AtMost(dimensions, int.MaxValue, nameof(dimensions));
            var made = new Codebook(
                (int)dimensions, Native.Rows(codewords, count, (int)dimensions, nameof(codewords)), chosen.ToEngine());
            *codebook = Handles.Own(chosen.Bits == null
                ? made
                : made.WithRate(Native.Input(chosen.Bits, count, "options->bits"), chosen.Lambda));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_codebook_train", CallConvs = [typeof(CallConvCdecl)])]
    static Status CodebookTrain(
        float* vectors, nuint count, nuint dimensions, nuint codewords, NativeTrainingOptions* options, nint* codebook,
        double* meanError)
    {
        double unwanted;
        double* mean = meanError == null ? &unwanted : meanError;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            *mean = 0;
            Native.Clear(codebook, nameof(codebook));
            NativeTrainingOptions chosen = Native.Options(options, NativeTrainingOptions.Default, nameof(options));
            TrainingOptions training = chosen.ToEngine();
            Limits.AtMost(dimensions, int.MaxValue, nameof(dimensions));
            Limits.AtMost(codewords, int.MaxValue, nameof(codewords));
            ReadOnlySpan<float> source = Native.Rows(vectors, count, (int)dimensions, nameof(vectors));
            using var workers = new WorkerPool(chosen.Threads);
            QuantizationResult result = CodebookTraining.Flat(
                (int)dimensions, source, (int)codewords, out TrainedCodebook? trained, training, workers);
            if (result.IsDone)
            {
                (*codebook, *mean) = (Handles.Own(trained!.Codebook), trained.MeanError);
            }

            return Outcomes.From(result, (int)dimensions);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_codebook_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status CodebookInfo(nint codebook, CodebookProperties* properties)
    {
        try
        {
            Native.Fill(properties, default, nameof(properties));
            Native.Fill(properties, CodebookProperties.From(Handles.Borrow<Codebook>(codebook, nameof(codebook))), nameof(properties));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_codebook_copy", CallConvs = [typeof(CallConvCdecl)])]
    static Status CodebookCopy(nint codebook, float* codewords, nuint capacity)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var source = Handles.Borrow<Codebook>(codebook, nameof(codebook));
            Span<float> target = Native.Output(codewords, capacity, nameof(codewords));
            if (target.Length / source.Dimensions < source.Count)
            {
                return Outcomes.TooSmall(nameof(codewords), capacity, (long)source.Count * source.Dimensions);
            }

            for (int code = 0; code < source.Count; code++)
            {
                source.CopyCodeword(code, target.Slice(code * source.Dimensions, source.Dimensions));
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_codebook_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status CodebookDestroy(nint* codebook)
    {
        try
        {
            Handles.Release<Codebook>(codebook, nameof(codebook));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
