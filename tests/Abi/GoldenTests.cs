using Lacuna.Codecs;
using Lacuna.Kernels;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Conformance;

namespace Lacuna.Tests.Abi;

/// <summary>The stream that every binding decodes to the same hash: bindings/examples/golden.</summary>
public class GoldenTests
{
    const string VectorName = "rgb-61x43-q100";

    static readonly string Folder = Path.Combine(Repository.Root, "bindings", "examples", "golden");

    [Fact]
    public void The_golden_stream_is_a_conformance_vector_and_its_text_tells_the_pixels()
    {
        byte[] stream = Vectors.Get(VectorName).Stream;
        Picture picture = Vectors.Decode(stream, threads: 1);
        Assert.Equal(PixelLayout.Rgb, picture.Layout);
        string[] text =
        [
            $"width {picture.Width}",
            $"height {picture.Height}",
            "format rgb",
            $"crc32c {Crc32C.Run(0, picture.Pixels):x8}",
        ];
        if (StoredFiles.Writing)
        {
            File.WriteAllBytes(Path.Combine(Folder, "golden.lac"), stream);
            File.WriteAllLines(Path.Combine(Folder, "golden.txt"), text);
        }

        Assert.Equal(stream, File.ReadAllBytes(Path.Combine(Folder, "golden.lac")));
        Assert.Equal(text, File.ReadAllLines(Path.Combine(Folder, "golden.txt")));
    }
}
