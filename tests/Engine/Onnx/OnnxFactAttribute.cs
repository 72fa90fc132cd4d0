using Lacuna.Onnx;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Engine.Onnx;

/// <summary>A test that is skipped, and says so, where there is no ONNX Runtime.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OnnxFactAttribute : FactAttribute
{
    public OnnxFactAttribute()
    {
        if (InstalledRuntime.Fault is { } fault)
        {
            Skip = fault;
        }
    }
}

/// <summary>The ONNX Runtime that tests use: the user's own, or what build.sh fetched.</summary>
static class InstalledRuntime
{
    static readonly Lazy<(string? Path, string? Fault)> Found = new(Find);

    /// <summary>What to give as the library's path; null where the user's own is used.</summary>
    public static string? Path => Found.Value.Path;

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Fault => Found.Value.Fault;

    static (string? Path, string? Fault) Find()
    {
        try
        {
            OnnxRuntime.Load();
            return (null, null);
        }
        catch (OnnxException error)
        {
            string fetched = System.IO.Path.Combine(Repository.Root, "artifacts", "onnxruntime");
            string? library = Directory.Exists(fetched)
                ? Directory.EnumerateFiles(fetched, "libonnxruntime.so.1", SearchOption.AllDirectories).FirstOrDefault(Fits)
                : null;
            return (library, library is null ? error.Message : null);
        }
    }

    static bool Fits(string path) =>
        path.Contains(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(), StringComparison.OrdinalIgnoreCase);
}
