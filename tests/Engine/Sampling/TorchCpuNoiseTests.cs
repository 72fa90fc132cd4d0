using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

public class TorchCpuNoiseTests
{
    static readonly string Vectors = Path.Combine(Folder(), "vectors", "torch-randn.txt");

    [Fact]
    public void Every_stored_row_of_calls_comes_out_bit_by_bit()
    {
        string[] lines = File.ReadAllLines(Vectors);
        Assert.True(lines.Length > 300);
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            int[] calls = [.. fields[1].Split(',').Select(int.Parse)];
            float[] drawn = Draw(ulong.Parse(fields[0]), calls);
            string first = string.Join(' ', drawn.Take(4).Select(v => $"{BitConverter.SingleToUInt32Bits(v):x8}"));
            Assert.Equal(string.Join(' ', fields[3..]), first);
            Assert.Equal(fields[2], Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(drawn.AsSpan()))));
        }
    }

    [Fact]
    public void Only_the_lowest_32_bits_of_the_seed_count() =>
        Assert.Equal(Draw(5, [3, 40]), Draw((1ul << 32) + 5, [3, 40]));

    [Fact]
    public void An_empty_draw_takes_nothing() => Assert.Equal(Draw(5, [3, 40]), Draw(5, [0, 3, 0, 40]));

    [Fact]
    public void Filling_allocates_nothing()
    {
        var noise = new TorchCpuNoise(1);
        float[] latents = new float[1001];
        noise.Fill(0, 0, latents);
        Assert.Equal(0, Allocated.By(() =>
        {
            noise.Fill(0, 0, latents);
            noise.Fill(0, 0, latents.AsSpan(0, 5));
        }));
    }

    static float[] Draw(ulong seed, int[] calls)
    {
        var noise = new TorchCpuNoise(seed);
        float[] drawn = new float[calls.Sum()];
        int at = 0;
        foreach (int count in calls)
        {
            noise.Fill(0, 0, drawn.AsSpan(at, count));
            at += count;
        }

        return drawn;
    }

    static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
