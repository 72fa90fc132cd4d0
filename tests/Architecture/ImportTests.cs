using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lacuna.Tests.Architecture;

/// <summary>Imports run one way: kernels, engine, interop, and the engine's folders in their order.</summary>
public partial class ImportTests
{
    /// <summary>What a layer's projects may refer to. Nobody refers to perf or tests.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["kernels"] = [],
        ["engine"] = ["kernels"],
        ["interop"] = ["kernels", "engine"],
        ["bindings"] = ["engine"],
        ["perf"] = ["kernels", "engine", "interop", "bindings"],
        ["tests"] = ["kernels", "engine", "interop", "bindings"],
    };

    /// <summary>The engine's folders and their height: code refers to lower ones and its own.</summary>
    static readonly Dictionary<string, int> Heights = new()
    {
        ["Lists"] = 0,
        ["Bits"] = 1,
        ["Workers"] = 1,
        ["Tensors"] = 2,
        ["Onnx"] = 1,
        ["Entropy"] = 2,
        ["Quantization"] = 3,
        ["Networks"] = 3,
        ["Sampling"] = 3,
        ["Streams"] = 3,
        ["Denoisers"] = 4,
        ["Codecs"] = 5,
    };

    [Fact]
    public void Projects_refer_to_lower_layers_only()
    {
        string[] wrong =
        [
            .. from layer in Repository.Layers
               from project in Repository.Files(layer, "*.csproj")
               from target in ReferencedLayers(project)
               where !Allowed[layer].Contains(target)
               select $"{project} -> {target}",
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Kernels_name_nothing_above_them() =>
        Assert.All(Names("kernels", file => true), name => Assert.Equal("Kernels", name.Namespace));

    [Fact]
    public void Engine_names_no_layer_above_it() =>
        Assert.DoesNotContain(Names("engine", file => true), name => name.Namespace is "Interop" or "Cli" or "Perf" or "Tests");

    [Fact]
    public void Every_folder_of_the_engine_has_its_height() =>
        Assert.Empty(Repository.Files("engine", "*.cs").Select(Folder).Where(folder => folder.Length > 0).Distinct().Except(Heights.Keys));

    [Fact]
    public void Folders_of_the_engine_name_lower_ones_only()
    {
        string[] wrong =
        [
            .. from name in Names("engine", file => Heights.ContainsKey(Folder(file)))
               where Heights.ContainsKey(name.Namespace) && name.Namespace != Folder(name.File)
               where Heights[name.Namespace] >= Heights[Folder(name.File)]
               select $"{name.File} names {name.Namespace}",
        ];
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Encoder", "Decoder")]
    [InlineData("Decoder", "Encoder")]
    public void Encoders_and_decoders_do_not_name_each_other(string side, string other)
    {
        string[] others = [.. Repository.Files("engine/Codecs", $"*{other}.cs").Select(file => Path.GetFileNameWithoutExtension(file)!)];
        Assert.NotEmpty(others);
        Assert.Empty(
            from file in Repository.Files("engine/Codecs", $"*{side}.cs")
            from type in others
            where Regex.IsMatch(Repository.Code(file), $@"\b{type}\b")
            select $"{file} names {type}");
    }

    static IEnumerable<string> ReferencedLayers(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, (string)reference.Attribute("Include")!))
            .Select(target => Path.GetRelativePath(Repository.Root, Path.GetFullPath(target.Replace('\\', '/'))).Split('/', '\\')[0]);

    /// <summary>Namespaces of Lacuna that code names: in full, or from the namespace they share.</summary>
    static IEnumerable<(string File, string Namespace)> Names(string layer, Func<string, bool> accept) =>
        from file in Repository.Files(layer, "*.cs").Where(accept)
        from match in QualifiedName().Matches(Repository.Code(file))
        select (file, match.Groups["namespace"].Value);

    /// <summary>The engine's folder that a file lies in; empty at its root.</summary>
    static string Folder(string file) => file.Split('/') is [_, var folder, _, ..] ? folder : "";

    [GeneratedRegex("""
        \bLacuna\.(?<namespace>\w+)
        | (?<![\w.])(?<namespace>Lists|Bits|Workers|Tensors|Onnx|Entropy|Quantization|Networks|Sampling|Streams|Denoisers|Codecs)\.[A-Z]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex QualifiedName();
}
