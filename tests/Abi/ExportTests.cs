using System.Reflection;
using System.Runtime.InteropServices;
using Lacuna.Interop;
using Lacuna.Streams;

namespace Lacuna.Tests.Abi;

/// <summary>What the interop assembly exports is what interop/abi/exports.txt pins and the headers declare.</summary>
public class ExportTests
{
    [Fact]
    public void The_assembly_and_its_C_files_export_the_pinned_names() =>
        Assert.Equal(
            AbiFiles.Exports,
            typeof(Status).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Select(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint)
                .OfType<string>()
                .Where(name => !name.StartsWith("lac__", StringComparison.Ordinal)) // between C and C#, local to the library
                .Concat(AbiFiles.NativeExports)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void The_headers_declare_every_export()
    {
        string headers = AbiFiles.Headers;
        Assert.All(AbiFiles.Exports, name => Assert.Matches($@"LAC_API [a-z0-9_ ]+\*?\s{name}\(", headers));
    }

    [Fact]
    public void Every_outcome_of_a_stream_has_a_status_of_its_own()
    {
        Status[] statuses = [.. Enum.GetValues<StreamStatus>().Select(Fault.Translate)];
        Assert.Equal(statuses.Length, statuses.Distinct().Count());
        Assert.DoesNotContain(Status.Internal, statuses);
    }

    [Fact]
    public void Every_status_has_a_sentence_of_its_own()
    {
        string[] sentences = [.. Enum.GetValues<Status>().Select(StatusText.Of)];
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
        Assert.DoesNotContain(StatusText.Of((Status)12345), sentences);
    }
}
