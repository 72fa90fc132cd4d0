using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Quantization;
using Lacuna.Quantization.Files;

namespace Lacuna.Interop;

/// <summary>The exports of lac_vq in lacuna/vq.h. No logic lives here.</summary>
static unsafe partial class VqExports
{
    const int MostParts = 1024;

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_create_residual", CallConvs = [typeof(CallConvCdecl)])]
    static Status CreateResidual(nint* codebooks, nuint count, VqOptions* options, nint* vq)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(vq, nameof(vq));
            VqOptions chosen = Native.Options(options, VqOptions.Default, nameof(options)).Checked();
            var residual = new ResidualQuantizer(Codebooks(codebooks, count));
            *vq = Own(chosen.Beam == 1 ? residual : residual.WithBeam(chosen.Beam), chosen);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_create_product", CallConvs = [typeof(CallConvCdecl)])]
    static Status CreateProduct(nint* codebooks, nuint count, VqOptions* options, nint* vq)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(vq, nameof(vq));
            VqOptions chosen = Native.Options(options, VqOptions.Default, nameof(options)).Checked();
            Limits.Within(chosen.Beam, 1, 1, "options->beam");
            *vq = Own(new ProductQuantizer(Codebooks(codebooks, count)), chosen);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_open_memory", CallConvs = [typeof(CallConvCdecl)])]
    static Status OpenMemory(byte* data, nuint length, VqOptions* options, nint* vq)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(vq, nameof(vq));
            VqOptions chosen = Native.Options(options, VqOptions.Default, nameof(options)).Checked();
            ReadOnlySpan<byte> file = Native.Input(data, length, nameof(data));
            if (!CodebookFile.TryRead(file, out CodeQuantizer? quantizer, out _, out string fault))
            {
                return Fault.Record(Status.InvalidData, $"The file {fault}.");
            }

            *vq = Own(chosen.Beam == 1 ? quantizer! : CodebookFile.WithBeam(quantizer!, chosen.Beam), chosen);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_create_prefix", CallConvs = [typeof(CallConvCdecl)])]
    static Status CreatePrefix(nint vq, int stages, nint* prefix)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Native.Clear(prefix, nameof(prefix));
            var whole = Handles.Borrow<NativeQuantizer>(vq, nameof(vq));
            *prefix = Own(whole.Quantizer.Prefix(stages), whole.Options);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status Info(nint vq, VqProperties* properties)
    {
        try
        {
            Native.Fill(properties, default, nameof(properties));
            Native.Fill(properties, VqProperties.From(Handles.Borrow<NativeQuantizer>(vq, nameof(vq)).Quantizer), nameof(properties));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_codewords", CallConvs = [typeof(CallConvCdecl)])]
    static Status Codewords(nint vq, int* counts, nuint capacity)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            CodeQuantizer quantizer = Handles.Borrow<NativeQuantizer>(vq, nameof(vq)).Quantizer;
            Span<int> target = Native.Output(counts, capacity, nameof(counts));
            if (target.Length < quantizer.IndicesPerVector)
            {
                return Outcomes.TooSmall(nameof(counts), capacity, quantizer.IndicesPerVector);
            }

            for (int i = 0; i < quantizer.IndicesPerVector; i++)
            {
                target[i] = quantizer.CodewordsAt(i);
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status Encode(nint vq, float* vectors, nuint count, int* indices)
    {
        Span<int> target = default;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var own = Handles.Borrow<NativeQuantizer>(vq, nameof(vq));
            target = Native.Rows(indices, count, own.Quantizer.IndicesPerVector, nameof(indices));
            ReadOnlySpan<float> source = Native.Rows(vectors, count, own.Quantizer.Dimensions, nameof(vectors));
            return Outcomes.From(own.Encode(source, target), own.Quantizer.Dimensions);
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status Decode(nint vq, int* indices, nuint count, int stages, float* vectors)
    {
        Span<float> target = default;
        try
        {
            using FloatMode floats = FloatMode.Standard();
            var own = Handles.Borrow<NativeQuantizer>(vq, nameof(vq));
            CodeQuantizer quantizer = own.Quantizer;
            target = Native.Rows(vectors, count, quantizer.Dimensions, nameof(vectors));
            ReadOnlySpan<int> source = Native.Rows(indices, count, quantizer.IndicesPerVector, nameof(indices));
            return Outcomes.From(own.Decode(source, target, stages), quantizer.IndicesPerVector);
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_vq_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status Destroy(nint* vq)
    {
        try
        {
            Handles.Release<NativeQuantizer>(vq, nameof(vq));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    static nint Own(CodeQuantizer quantizer, VqOptions options) => Handles.Own(new NativeQuantizer(quantizer, options));

    static Codebook[] Codebooks(nint* codebooks, nuint count)
    {
        Limits.AtMost(count, MostParts, nameof(count));
        ReadOnlySpan<nint> handles = Native.Input(codebooks, count, nameof(codebooks));
        var borrowed = new Codebook[handles.Length];
        for (int i = 0; i < borrowed.Length; i++)
        {
            borrowed[i] = Handles.Borrow<Codebook>(handles[i], $"codebooks[{i}]");
        }

        return borrowed;
    }
}
