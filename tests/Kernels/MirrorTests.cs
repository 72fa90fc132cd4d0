using System.Reflection;
using Lacuna.Kernels;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Kernels;

/// <summary>No kernel without its reference, its check and its benchmark.</summary>
public class MirrorTests
{
    static readonly IEnumerable<Type> All = typeof(Isa).Assembly.GetExportedTypes().Where(type => type.GetProperty("Table") is not null);

    public static TheoryData<string> Kernels => [.. All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_has_a_check_and_a_benchmark(string kernel)
    {
        Assert.NotNull(typeof(MirrorTests).Assembly.GetType($"Lacuna.Tests.Kernels.{kernel}Check"));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "perf", "Kernels", $"{kernel}Bench.cs")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "kernels", kernel, $"{kernel}.Scalar.cs")));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_starts_with_its_reference_and_has_a_level_once(string kernel)
    {
        PropertyInfo property = All.Single(type => type.Name == kernel).GetProperty("Table")!;
        dynamic table = property.GetValue(null)!;
        Assert.Equal(kernel, (string)table.Name);
        Assert.Equal(IsaLevel.Scalar, (IsaLevel)table.Reference.Level);

        List<IsaLevel> levels = [];
        foreach (dynamic variant in table.Runnable)
        {
            levels.Add((IsaLevel)variant.Level);
        }

        Assert.Equal(levels.Distinct(), levels);
    }

    [Fact]
    public void There_are_kernels() => Assert.NotEmpty(All);
}
