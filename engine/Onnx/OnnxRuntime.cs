using System.Linq;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Lacuna.Onnx;

/// <summary>ONNX Runtime, loaded when it is first needed: whichever build the user has.</summary>
/// <remarks>Lacuna neither contains nor needs it. A library once loaded stays until the process ends.</remarks>
public sealed unsafe class OnnxRuntime
{
    /// <summary>The environment variable that names the library, or the folder that holds it.</summary>
    public const string Variable = "LACUNA_ONNXRUNTIME";

    /// <summary>The oldest release that will do: 1.16.</summary>
    public const int OldestMinor = 16;

    /// <summary>The newest version of the C API that is asked for; newer libraries serve it too.</summary>
    const int NewestMinor = 22;

    static readonly Lock Gate = new();
    static readonly Dictionary<string, OnnxRuntime> Loaded = [];

    OnnxRuntime(string path, string version, OrtApi api)
    {
        (Path, Version, Api) = (path, version, api);
        Environment = api.CreateEnvironment(path);
        Memory = api.CreateCpuMemoryInfo(path);
    }

    /// <summary>The library, as it was found.</summary>
    public string Path { get; }

    /// <summary>The library's release, such as "1.22.0".</summary>
    public string Version { get; }

    internal OrtApi Api { get; }

    internal OrtHandle Environment { get; }

    internal OrtHandle Memory { get; }

    /// <summary>Loads the library, or finds it loaded.</summary>
    /// <param name="libraryPath">As <see cref="OnnxOptions.LibraryPath"/>.</param>
    /// <exception cref="OnnxException">There is none, what is there is not ONNX Runtime, or it is too old.</exception>
    public static OnnxRuntime Load(string? libraryPath = null)
    {
        string? named = libraryPath ?? System.Environment.GetEnvironmentVariable(Variable);
        lock (Gate)
        {
            string key = string.IsNullOrEmpty(named) ? "" : named;
            if (!Loaded.TryGetValue(key, out OnnxRuntime? runtime))
            {
                (nint library, string path) = key.Length > 0 ? Open(Inside(key)) : OpenInstalled();
                Loaded[key] = runtime = Start(library, path);
            }

            return runtime;
        }
    }

    /// <summary>Refuses a release that is too old.</summary>
    /// <returns>The version of the C API to ask for.</returns>
    /// <exception cref="OnnxException">It is too old, or not a version.</exception>
    internal static uint ApiVersion(string path, string version)
    {
        string[] parts = version.Split('.');
        return parts.Length >= 2 && parts[0] == "1"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor) && minor >= OldestMinor
            ? (uint)Math.Min(minor, NewestMinor)
            : throw new OnnxException(path, $"ONNX Runtime {version} is too old: 1.{OldestMinor} or newer is needed");
    }

    static OnnxRuntime Start(nint library, string path)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export))
        {
            throw new OnnxException(path, "it is not ONNX Runtime: it has no function OrtGetApiBase");
        }

        nint* functions = (nint*)((delegate* unmanaged<nint>)export)();
        string version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)functions[1])()) ?? "";
        nint table = ((delegate* unmanaged<uint, nint>)functions[0])(ApiVersion(path, version));
        return table != 0
            ? new OnnxRuntime(path, version, new OrtApi(table))
            : throw new OnnxException(path, $"ONNX Runtime {version} does not serve the version of the C API that its number promises");
    }

    /// <summary>The library in a folder, where a folder is named.</summary>
    static string Inside(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        return Names().Select(name => System.IO.Path.Combine(path, name)).FirstOrDefault(File.Exists)
            ?? throw new OnnxException(path, $"the folder holds no {Names()[0]}");
    }

    static (nint Library, string Path) Open(string path)
    {
        try
        {
            return (NativeLibrary.Load(System.IO.Path.GetFullPath(path)), path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new OnnxException(path, File.Exists(path)
                ? $"it cannot be loaded as ONNX Runtime: {error.Message.ReplaceLineEndings(" ").Trim()}"
                : "there is no such file; it was named as ONNX Runtime");
        }
    }

    static (nint Library, string Path) OpenInstalled()
    {
        foreach (string name in Names())
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return (library, name);
            }
        }

        throw new OnnxException(
            "ONNX Runtime", $"is missing: the system has no {Names()[0]}; install it, or name its file in the variable {Variable}");
    }

    static string[] Names() =>
        OperatingSystem.IsWindows() ? ["onnxruntime.dll"]
        : OperatingSystem.IsMacOS() ? ["libonnxruntime.dylib", "libonnxruntime.1.dylib"]
        : ["libonnxruntime.so.1", "libonnxruntime.so"];
}
