using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

public class NoiseTests
{
    [Fact]
    public void Philox_noise_depends_on_seed_step_and_draw_alone()
    {
        var noise = new PhiloxNoise(7);
        float[] first = Draw(noise, 3, 1);
        Assert.NotEqual(first, Draw(noise, 2, 1));
        Assert.NotEqual(first, Draw(noise, 3, 0));
        Assert.NotEqual(first, Draw(new PhiloxNoise(8), 3, 1));
        Assert.Equal(first, Draw(noise, 3, 1));
    }

    [Fact]
    public void Philox_noise_keeps_its_bits()
    {
        // The law is for ever: a sample of an old seed stays what it was.
        float[] z = Draw(new PhiloxNoise(42), INoiseSource.FirstLatents, 0);
        Assert.Equal(
            "BF785E5C 3E46ACE8 BF9E28D2 3FF6433C",
            string.Join(' ', z.Take(4).Select(v => $"{BitConverter.SingleToUInt32Bits(v):X8}")));
    }

    [Fact]
    public void A_part_of_a_draw_equals_the_whole()
    {
        var noise = new PhiloxNoise(7);
        float[] whole = Draw(noise, 0, 0), part = new float[50];
        noise.Fill(0, 0, 33, part);
        Assert.Equal(whole[33..83], part);
    }

    [Fact]
    public void Cuda_noise_depends_on_the_threads_of_the_device()
    {
        float[] few = new float[2000], many = new float[2000];
        new TorchCudaNoise(1, 256).Fill(0, 0, few);
        new TorchCudaNoise(1, 2048).Fill(0, 0, many);
        Assert.Equal(many[..256], few[..256]);
        Assert.NotEqual(many[256..512], few[256..512]);
        Assert.Equal(2000, few.Distinct().Count());
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        foreach (INoiseSource noise in new INoiseSource[] { new PhiloxNoise(1), new TorchCpuNoise(1), new TorchCudaNoise(1, 256) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => noise.Fill(-2, 0, []));
            Assert.Throws<ArgumentOutOfRangeException>(() => noise.Fill(0, -1, []));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new PhiloxNoise(1).Fill(0, 0, -1, []));
        Assert.Throws<ArgumentException>(() => new TorchCudaNoise(1, 0));
        Assert.Throws<ArgumentException>(() => new TorchCudaNoise(1, 300));
    }

    static float[] Draw(PhiloxNoise noise, int step, int draw)
    {
        float[] z = new float[128];
        noise.Fill(step, draw, z);
        return z;
    }
}
