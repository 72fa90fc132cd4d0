using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Codecs;
using Lacuna.Sampling;

namespace Lacuna.Cli.Samples;

/// <summary>The pictures that a sample begins with or agrees with.</summary>
static class SampleInputs
{
    /// <summary>Reads them.</summary>
    /// <param name="line">Names the files.</param>
    /// <param name="host">Has standard input.</param>
    /// <param name="model">Says the sizes.</param>
    /// <param name="samples">Receives the picture to begin with, where there is one.</param>
    /// <exception cref="FileFault">A picture is at fault, or of another size.</exception>
    public static RunOptions Read(CommandLine line, Host host, SampleModel model, Span<float> samples)
    {
        var options = new RunOptions();
        if (SampleOptions.GuidanceScale(line) is { } scale)
        {
            options = options with { Guidance = new Guidance(scale) };
        }

        if (line.Text(SampleOptions.Start.Name) is { } start)
        {
            Repeated(start, line, host, model).CopyTo(samples);
            options = options with { Start = LatentStart.Picture };
        }

        if (line.Text(SampleOptions.Known.Name) is { } known)
        {
            float[] mask = Repeated(line.Text(SampleOptions.Mask.Name)!, line, host, model);
            for (int i = 0; i < mask.Length; i++)
            {
                mask[i] = mask[i] < 0 ? 1 : 0;
            }

            options = options with { Known = new KnownRegion(Repeated(known, line, host, model), mask) };
        }

        return options;
    }

    /// <summary>One picture for all samples.</summary>
    static float[] Repeated(string path, CommandLine line, Host host, SampleModel model)
    {
        if (model.Channels is not (1 or 3))
        {
            throw new FileFault(path, $"a picture cannot stand for the model's {model.Channels} channels");
        }

        Picture picture = PictureInput.Read(path, host, CommonOptions.PixelLimit(line), frame: 0);
        if (picture.Width != model.Width || picture.Height != model.Height)
        {
            throw new FileFault(path, $"is {picture.Width} x {picture.Height}, and the samples {model.Width} x {model.Height}");
        }

        float[] one = SamplePictures.FromPicture(picture, model.Channels), all = new float[model.Denoiser.Input.Length];
        for (int at = 0; at < all.Length; at += one.Length)
        {
            one.CopyTo(all, at);
        }

        return all;
    }
}
