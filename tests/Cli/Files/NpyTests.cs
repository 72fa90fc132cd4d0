using System.Text;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;

namespace Lacuna.Tests.Cli.Files;

public class NpyTests
{
    [Theory]
    [InlineData(new[] { 2, 3 }, "(2, 3)")]
    [InlineData(new[] { 6 }, "(6,)")]
    [InlineData(new[] { 1, 2, 1, 3 }, "(1, 2, 1, 3)")]
    public void What_is_written_is_read_back(int[] shape, string text)
    {
        var file = new MemoryStream();
        NpyWriter.Write(new NpyArray(shape, [1, -2, 0.5f, float.MaxValue, float.NaN, float.NegativeInfinity]), file);
        byte[] bytes = file.ToArray();
        Assert.Equal(0, (bytes.Length - 24) % 64);
        Assert.Contains($"'shape': {text}, }}", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        NpyArray array = NpyReader.Read(bytes);
        Assert.Equal(shape, array.Shape);
        Assert.Equal([1, -2, 0.5f, float.MaxValue, float.NaN, float.NegativeInfinity], array.Values);
    }

    [Theory]
    [InlineData("<f2", "003C00C0", new[] { 1f, -2 })]
    [InlineData("<f8", "000000000000F03F00000000000000C0", new[] { 1f, -2 })]
    [InlineData("<i4", "01000000FEFFFFFF", new[] { 1f, -2 })]
    [InlineData("<i8", "0100000000000000FEFFFFFFFFFFFFFF", new[] { 1f, -2 })]
    public void Other_types_are_converted(string type, string data, float[] expected) =>
        Assert.Equal(expected, NpyReader.Read(Make($"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}", data)).Values);

    [Theory]
    [InlineData("", "the header is damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "Fortran")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "'>f4'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "holds 4 bytes of elements where its sizes make 8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "out of range")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 99999), }", "out of range")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1), }", "more than 8")]
    public void Faults_are_told(string header, string fault) =>
        Assert.Contains(
            fault, Assert.Throws<FileFormatException>(() => NpyReader.Read(Make(header, "00000000"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_cut_of_a_file_is_refused()
    {
        var file = new MemoryStream();
        NpyWriter.Write(new NpyArray([2], [1, 2]), file);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<FileFormatException>(() => NpyReader.Read(file.ToArray().AsSpan(0, length)));
        }
    }

    static byte[] Make(string header, string data) =>
    [
        .. NpyArray.Magic, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. Convert.FromHexString(data),
    ];
}
