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
        byte[] bytes = NpyArray.Write<float>([1, -2, 0.5f, float.MaxValue, float.NaN, float.NegativeInfinity], shape);
        Assert.Equal(0, (bytes.Length - 24) % 64);
        Assert.Contains($"'shape': {text}, }}", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        NpyArray array = NpyArray.Read(bytes);
        Assert.Equal(shape, array.Shape);
        Assert.Equal([1, -2, 0.5f, float.MaxValue, float.NaN, float.NegativeInfinity], array.ToSingles());
    }

    [Theory]
    [InlineData("<f2", "003C00C0", new[] { 1f, -2 })]
    [InlineData("<f8", "000000000000F03F00000000000000C0", new[] { 1f, -2 })]
    public void Other_floats_are_converted(string type, string data, float[] expected) =>
        Assert.Equal(expected, NpyArray.Read(Make(Header(type), data)).ToSingles());

    [Theory]
    [InlineData("<i4", "01000000FEFFFFFF", new[] { 1L, -2 })]
    [InlineData("<i8", "0100000000000000FEFFFFFFFFFFFFFF", new[] { 1L, -2 })]
    [InlineData("|u1", "01FE", new[] { 1L, 254 })]
    public void Other_whole_numbers_are_converted(string type, string data, long[] expected) =>
        Assert.Equal(expected, NpyArray.Read(Make(Header(type), data)).ToIntegers());

    [Theory]
    [InlineData("", "not valid")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "Fortran")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "'>f4'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "does not fit")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "not valid")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 99999), }", "does not fit")]
    public void Faults_are_told(string header, string fault) =>
        Assert.Contains(
            fault, Assert.Throws<FileFormatException>(() => NpyArray.Read(Make(header, "00000000"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_cut_of_a_file_is_refused()
    {
        byte[] file = NpyArray.Write<float>([1, 2], 2);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<FileFormatException>(() => NpyArray.Read(file.AsMemory(0, length)));
        }
    }

    static string Header(string type) => $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}";

    static byte[] Make(string header, string data) =>
    [
        0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. Convert.FromHexString(data),
    ];
}
