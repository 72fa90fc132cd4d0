namespace Lacuna.Tests.Conformance;

/// <summary>
/// The same bits everywhere: run at each LACUNA_ISA level, these tests hold all of them to the same streams and pixels.
/// </summary>
public class VectorTests
{
    public static TheoryData<string, int> NamesAndThreads
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in Vectors.Names)
            {
                data.Add(name, 1);
                data.Add(name, 2);
                data.Add(name, 5);
            }

            return data;
        }
    }

    public static TheoryData<string> Names { get; } = new(Vectors.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kept_stream_is_the_one_that_the_list_names(string name)
    {
        Vector vector = Vectors.Get(name);
        Assert.Equal(vector.StreamHash, Vectors.Hash(vector.Stream));
    }

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void The_picture_encodes_to_the_kept_stream(string name, int threads) =>
        Assert.Equal(Vectors.Get(name).StreamHash, Vectors.Hash(Vectors.Encode(name, threads)));

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void The_kept_stream_decodes_to_the_pixels_of_the_list(string name, int threads)
    {
        Vector vector = Vectors.Get(name);
        Assert.Equal(vector.PixelHash, Vectors.Hash(Vectors.Decode(vector.Stream, threads).Pixels));
    }

    [Fact]
    public void Every_kept_stream_is_in_the_list() =>
        Assert.Equal(
            Vectors.Names.Select(name => Vectors.Get(name).Name + ".lac").Order(StringComparer.Ordinal),
            Directory.GetFiles(Vectors.Folder, "*.lac").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
}
