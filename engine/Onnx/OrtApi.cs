using System.Runtime.InteropServices;
using System.Text;

namespace Lacuna.Onnx;

/// <summary>The functions of ONNX Runtime's C API that are needed, by their places in its table.</summary>
/// <remarks>
/// The table only ever grows at its end, so places are stable. Source: onnxruntime_c_api.h, struct OrtApi.
/// </remarks>
sealed unsafe partial class OrtApi
{
    readonly void** functions;

    public OrtApi(nint table) => functions = (void**)table;

    /// <summary>Turns a status that is a fault into an exception.</summary>
    /// <param name="status">What a function returned; released here.</param>
    /// <param name="file">The file that the call was about.</param>
    /// <exception cref="OnnxException">The status is a fault; the message is the runtime's.</exception>
    void Check(nint status, string file)
    {
        if (Fault(status) is { } fault)
        {
            throw new OnnxException(file, fault);
        }
    }

    /// <summary>The message of a status in one line; null where it is none.</summary>
    string? Fault(nint status)
    {
        if (status == 0)
        {
            return null;
        }

        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)functions[2])(status)) ?? "a fault without a message";
        ((delegate* unmanaged<nint, void>)functions[93])(status);
        return message.ReplaceLineEndings(" ").Trim();
    }

    OrtHandle Own(nint value, int release) => new(value, (delegate* unmanaged<nint, void>)functions[release]);

    /// <summary>The environment that all sessions of the library share; its log keeps silent, as faults come back as messages.</summary>
    public OrtHandle CreateEnvironment(string file)
    {
        const int Fatal = 4;
        nint environment;
        fixed (byte* name = "lacuna\0"u8)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)functions[3])(Fatal, name, &environment), file);
        }

        return Own(environment, 92);
    }

    public OrtHandle CreateSessionOptions(string file)
    {
        nint options;
        Check(((delegate* unmanaged<nint*, nint>)functions[10])(&options), file);
        return Own(options, 100);
    }

    public void SetIntraOpThreads(OrtHandle options, int threads, string file) =>
        Check(((delegate* unmanaged<nint, int, nint>)functions[24])(options.Value, threads), file);

    public void AddSessionConfig(OrtHandle options, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, string file)
    {
        fixed (byte* keyText = key, valueText = value)
        {
            Check(((delegate* unmanaged<nint, byte*, byte*, nint>)functions[130])(options.Value, keyText, valueText), file);
        }
    }

    /// <summary>Opens a model; the file's path is wide characters on Windows and UTF-8 elsewhere.</summary>
    public OrtHandle CreateSession(OrtHandle environment, string file, OrtHandle options)
    {
        byte[] path = (OperatingSystem.IsWindows() ? Encoding.Unicode : Encoding.UTF8).GetBytes(file + '\0');
        nint session;
        fixed (byte* first = path)
        {
            var create = (delegate* unmanaged<nint, byte*, nint, nint*, nint>)functions[7];
            Check(create(environment.Value, first, options.Value, &session), file);
        }

        return Own(session, 95);
    }

    public TensorInfo[] Inputs(OrtHandle session, string file) => Describe(session, 30, 33, 36, file);

    public TensorInfo[] Outputs(OrtHandle session, string file) => Describe(session, 31, 34, 37, file);

    TensorInfo[] Describe(OrtHandle session, int countAt, int typeAt, int nameAt, string file)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)functions[countAt])(session.Value, &count), file);
        nint allocator;
        Check(((delegate* unmanaged<nint*, nint>)functions[78])(&allocator), file);
        var infos = new TensorInfo[count];
        for (nuint index = 0; index < count; index++)
        {
            nint name, type;
            Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)functions[nameAt])(session.Value, index, allocator, &name), file);
            string text = Marshal.PtrToStringUTF8(name) ?? "";
            Check(((delegate* unmanaged<nint, nint, nint>)functions[76])(allocator, name), file);
            Check(((delegate* unmanaged<nint, nuint, nint*, nint>)functions[typeAt])(session.Value, index, &type), file);
            using OrtHandle owned = Own(type, 98);
            infos[index] = Describe(text, type, file);
        }

        return infos;
    }

    /// <summary>A tensor's type and sizes; what is no tensor (a sequence, a map) is of another type.</summary>
    TensorInfo Describe(string name, nint type, string file)
    {
        nint tensor;
        Check(((delegate* unmanaged<nint, nint*, nint>)functions[55])(type, &tensor), file);
        if (tensor == 0)
        {
            return new TensorInfo(name, ElementType.Other, []);
        }

        int element;
        nuint rank;
        Check(((delegate* unmanaged<nint, int*, nint>)functions[60])(tensor, &element), file);
        Check(((delegate* unmanaged<nint, nuint*, nint>)functions[61])(tensor, &rank), file);
        long[] shape = new long[rank];
        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<nint, long*, nuint, nint>)functions[62])(tensor, sizes, rank), file);
        }

        var known = (ElementType)element;
        return new TensorInfo(name, known.Bytes() > 0 ? known : ElementType.Other, shape);
    }
}
