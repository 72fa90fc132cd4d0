using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Lacuna.Codecs;
using Lacuna.Interop;

namespace Lacuna.Tests.Abi;

/// <summary>C# lays its structures out as interop/abi/layout.txt pins them; CTest compares C and C++ with the same file.</summary>
public class LayoutTests
{
    static readonly (string Name, Type Type)[] Structures =
    [
        ("lac_init_options", typeof(InitOptions)),
        ("lac_counters", typeof(Counters)),
        ("lac_memory", typeof(MemoryFunctions)),
        ("lac_runner", typeof(RunnerFunctions)),
        ("lac_progress", typeof(ProgressFunctions)),
        ("lac_model_properties", typeof(ModelProperties)),
        ("lac_frame", typeof(Frame)),
        ("lac_frame_allocator", typeof(FrameFunctions)),
        ("lac_packet", typeof(Packet)),
        ("lac_stream_properties", typeof(StreamProperties)),
        ("lac_decoder_options", typeof(DecoderOptions)),
        ("lac_encoder_options", typeof(EncoderOptions)),
        ("lac_image_encode_options", typeof(ImageEncodeOptions)),
        ("lac_image_decode_options", typeof(ImageDecodeOptions)),
        .. CodingLayouts.Structures,
    ];

    [Fact]
    public void Every_structure_has_its_pinned_size() =>
        Assert.Equal(
            AbiFiles.Layout("sizeof "),
            Structures.ToDictionary(s => s.Name, s => (long)Marshal.SizeOf(s.Type)));

    [Fact]
    public void Every_field_has_its_pinned_place() =>
        Assert.Equal(
            AbiFiles.Layout("offsetof "),
            Structures.SelectMany(Fields).ToDictionary(field => field.Name, field => field.Offset));

    [Fact]
    public void Every_status_has_its_pinned_value() =>
        Assert.Equal(
            AbiFiles.Layout("LAC_E_"),
            Enum.GetValues<Status>().Where(s => s < Status.Ok).ToDictionary(s => Snake(s.ToString()).ToUpperInvariant(), s => (long)s));

    [Fact]
    public void Statuses_that_are_no_failures_are_above_zero() =>
        Assert.Equal(
            [AbiFiles.Layout("LAC_OK")[""], AbiFiles.Layout("LAC_AGAIN")[""], AbiFiles.Layout("LAC_END")[""]],
            new[] { Status.Ok, Status.Again, Status.End }.Select(status => (long)status));

    [Fact]
    public void Pixel_formats_have_the_numbers_of_the_engine() =>
        Assert.Equal(
            AbiFiles.Layout("LAC_PIXEL_").Where(pin => pin.Value != 0).Select(pin => pin.Value),
            Enum.GetValues<PixelFormat>().Select(format => (long)format));

    [Fact]
    public void The_versions_agree() => Assert.Equal(BaseExports.AbiVersion, AbiFiles.Layout("LAC_ABI_")["VERSION"]);

    [Fact]
    public void Isa_levels_have_the_numbers_of_the_engine() =>
        Assert.Equal(
            AbiFiles.Layout("LAC_ISA_"),
            Enum.GetValues<Lacuna.Kernels.IsaLevel>().ToDictionary(l => l.ToString().ToUpperInvariant(), l => (long)l));

    static IEnumerable<(string Name, long Offset)> Fields((string Name, Type Type) structure) =>
        structure.Type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => ($"{structure.Name}.{Snake(f.Name)}", (long)Marshal.OffsetOf(structure.Type, f.Name)));

    static string Snake(string name) => Regex.Replace(name, "(?<=.)([A-Z])", "_$1").ToLowerInvariant();
}
