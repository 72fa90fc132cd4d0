using System.Globalization;
using System.Text.Json;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>Noise against what the oracle folder holds of other programs' generators.</summary>
public class NoiseOracleTests
{
    [OracleFact("rng.json")]
    public void Torch_on_the_processor_draws_the_same_bits()
    {
        int compared = 0;
        foreach (JsonElement each in Oracle.Json("rng.json").GetProperty("float32").EnumerateArray())
        {
            var noise = new TorchCpuNoise(ulong.Parse(each.GetProperty("seed").GetString()!, CultureInfo.InvariantCulture));
            foreach (string row in new[] { "randn", "then_randn3" })
            {
                float[] expected = Bits(each.GetProperty(row));
                float[] drawn = new float[expected.Length];
                noise.Fill(0, 0, drawn);
                Assert.Equal(expected, drawn);
                compared += drawn.Length;
            }
        }

        Assert.True(compared > 0);
    }

    [OracleFact("philox.json")]
    public void Torch_on_cuda_draws_nearly_the_same()
    {
        int compared = 0;
        foreach (JsonElement each in Oracle.Json("philox.json").GetProperty("cases").EnumerateArray())
        {
            ulong seed = ulong.Parse(each.GetProperty("seed").GetString()!, CultureInfo.InvariantCulture);
            JsonElement cap = each.GetProperty("max_threads");
            var noise = new TorchCudaNoise(seed, cap.ValueKind == JsonValueKind.Null ? 1 << 20 : cap.GetInt32());

            // A draw of one number moves the offset by 4.
            for (int offset = 0; offset < each.GetProperty("offset_in").GetInt32(); offset += 4)
            {
                noise.Fill(0, 0, new float[1]);
            }

            float[] drawn = new float[each.GetProperty("numel").GetInt32()];
            noise.Fill(0, 0, drawn);
            Near(Bits(each.GetProperty("first16")), drawn);
            float[] last = Bits(each.GetProperty("last16"));
            Near(last, drawn.AsSpan(drawn.Length - last.Length));
            Assert.Equal(each.GetProperty("sum").GetDouble(), drawn.Sum(v => (double)v), 1e-6 * drawn.Length);
            Assert.Equal(each.GetProperty("sumsq").GetDouble(), drawn.Sum(v => (double)v * v), 1e-6 * drawn.Length);
            compared++;
        }

        Assert.True(compared > 0);
    }

    static void Near(float[] expected, ReadOnlySpan<float> drawn)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], drawn[i], 2e-6f);
        }
    }

    static float[] Bits(JsonElement row) =>
        [.. row.EnumerateArray().Select(v => BitConverter.Int32BitsToSingle(Convert.ToInt32(v.GetString(), 16)))];
}
