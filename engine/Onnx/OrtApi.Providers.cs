using System.Globalization;
using System.Runtime.InteropServices;

namespace Lacuna.Onnx;

sealed unsafe partial class OrtApi
{
    /// <summary>Names of the providers that the library was built with.</summary>
    public string[] AvailableProviders(string file)
    {
        nint* names;
        int count;
        Check(((delegate* unmanaged<nint**, int*, nint>)functions[125])(&names, &count), file);
        string[] providers = new string[count];
        for (int i = 0; i < count; i++)
        {
            providers[i] = Marshal.PtrToStringUTF8(names[i]) ?? "";
        }

        Check(((delegate* unmanaged<nint*, int, nint>)functions[126])(names, count), file);
        return providers;
    }

    /// <summary>Asks for CUDA; null, or why it is not to be had.</summary>
    public string? AppendCuda(OrtHandle options, OnnxOptions wanted) =>
        Append(options, new ProviderFunctions(Create: 205, Update: 206, Append: 204, Release: 208),
        [
            ("device_id", wanted.Device.ToString(CultureInfo.InvariantCulture)),
        ]);

    /// <summary>Asks for TensorRT; null, or why it is not to be had.</summary>
    public string? AppendTensorRt(OrtHandle options, OnnxOptions wanted)
    {
        List<(string Key, string Value)> settings =
        [
            ("device_id", wanted.Device.ToString(CultureInfo.InvariantCulture)),
            ("trt_fp16_enable", wanted.HalfPrecision ? "1" : "0"),
        ];
        if (wanted.CacheFolder is { } folder)
        {
            settings.AddRange(
            [
                ("trt_engine_cache_enable", "1"),
                ("trt_engine_cache_path", folder),
                ("trt_timing_cache_enable", "1"),
                ("trt_timing_cache_path", folder),
            ]);
        }

        return Append(options, new ProviderFunctions(Create: 171, Update: 172, Append: 170, Release: 174), settings);
    }

    /// <summary>
    /// Makes a provider's own options, sets all keys in one call (each call resets the rest), and appends the provider.
    /// </summary>
    string? Append(OrtHandle options, ProviderFunctions at, List<(string Key, string Value)> settings)
    {
        nint made;
        if (Fault(((delegate* unmanaged<nint*, nint>)functions[at.Create])(&made)) is { } fault)
        {
            return fault;
        }

        using OrtHandle provider = Own(made, at.Release);
        nint* texts = stackalloc nint[2 * settings.Count];
        nint* values = texts + settings.Count;
        for (int i = 0; i < settings.Count; i++)
        {
            texts[i] = Marshal.StringToCoTaskMemUTF8(settings[i].Key);
            values[i] = Marshal.StringToCoTaskMemUTF8(settings[i].Value);
        }

        var update = (delegate* unmanaged<nint, nint*, nint*, nuint, nint>)functions[at.Update];
        string? refused = Fault(update(made, texts, values, (nuint)settings.Count));
        for (int i = 0; i < 2 * settings.Count; i++)
        {
            Marshal.FreeCoTaskMem(texts[i]);
        }

        return refused ?? Fault(((delegate* unmanaged<nint, nint, nint>)functions[at.Append])(options.Value, made));
    }

    readonly record struct ProviderFunctions(int Create, int Update, int Append, int Release);
}
