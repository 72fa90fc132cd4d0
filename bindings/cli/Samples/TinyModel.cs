namespace Lacuna.Cli.Samples;

/// <summary>The tiny denoiser that the program carries: models/denoiser.safetensors and its scheduler's configuration.</summary>
static class TinyModel
{
    /// <summary>Height and width of the pictures that it was trained on.</summary>
    public const int Side = 16;

    public static byte[] Weights() => Read("Lacuna.Cli.denoiser.safetensors");

    public static byte[] Config() => Read("Lacuna.Cli.denoiser.json");

    static byte[] Read(string name)
    {
        using Stream stream = typeof(TinyModel).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This program was built without its resource '{name}'.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
