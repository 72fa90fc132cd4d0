using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="NpyArray"/>: an array whose sizes make its elements, or the exception that names a fault.</summary>
sealed class NpyTarget : IFuzzTarget
{
    public string Name => "npy";

    public int Mutations => 500;

    public long MostAllocated => 1 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        try
        {
            NpyArray array = NpyArray.Read(input.ToArray());
            int count = array.Type[0] == 'f' ? array.ToSingles().Length : array.ToIntegers().Length;
            Assert.Equal(array.Shape.Aggregate(1L, (product, size) => product * size), count);
            return true;
        }
        catch (FileFormatException)
        {
            return false;
        }
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("planes.npy", Written(2, 1, 3)),
        ("one.npy", Written(1)),
        ("number.npy", Written()),
    ];

    static byte[] Written(params int[] shape) =>
        NpyArray.Write<float>(new float[shape.Aggregate(1, (count, size) => count * size)], shape);
}
