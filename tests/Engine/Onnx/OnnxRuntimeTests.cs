using Lacuna.Onnx;
using Lacuna.Tests.Cli;

namespace Lacuna.Tests.Engine.Onnx;

public class OnnxRuntimeTests
{
    [Theory]
    [InlineData("1.16.0", 16)]
    [InlineData("1.22.1", 22)]
    [InlineData("1.30.0", 22)]
    public void Releases_from_1_16_on_will_do(string version, uint api) => Assert.Equal(api, OnnxRuntime.ApiVersion("lib", version));

    [Theory]
    [InlineData("1.15.1")]
    [InlineData("0.5.0")]
    [InlineData("2.0.0")]
    [InlineData("1")]
    [InlineData("")]
    public void Older_releases_are_refused_by_name(string version) =>
        Assert.Equal(
            $"/opt/libonnxruntime.so.1: ONNX Runtime {version} is too old: 1.16 or newer is needed",
            Assert.Throws<OnnxException>(() => OnnxRuntime.ApiVersion("/opt/libonnxruntime.so.1", version)).Message);

    [Fact]
    public void A_missing_library_is_named()
    {
        using var folder = new TemporaryFolder();
        string missing = folder["libonnxruntime.so.1"];
        Assert.StartsWith($"{missing}: there is no such file", Fault(missing), StringComparison.Ordinal);
        Assert.Contains("the folder holds no ", Fault(Path.GetDirectoryName(missing)!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        using var folder = new TemporaryFolder();
        string text = folder["libonnxruntime.so.1"];
        File.WriteAllText(text, "this is no library");
        Assert.StartsWith($"{text}: it cannot be loaded as ONNX Runtime: ", Fault(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_is_refused()
    {
        string other = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so");
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal($"{other}: it is not ONNX Runtime: it has no function OrtGetApiBase", Fault(other));
        }
    }

    static string Fault(string path) => Assert.Throws<OnnxException>(() => OnnxRuntime.Load(path)).Message;
}
