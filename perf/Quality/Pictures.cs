using System.Security.Cryptography;
using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Perf.RateDistortion;

/// <summary>Pictures to and from files, as RGB.</summary>
static class Pictures
{
    /// <summary>The picture files of a folder in the order of their names, or the one file.</summary>
    public static string[] Find(string path)
    {
        static bool IsPicture(string file) => Path.GetExtension(file).ToLowerInvariant() is ".png" or ".ppm";
        return Directory.Exists(path) ? [.. Directory.GetFiles(path).Where(IsPicture).Order(StringComparer.Ordinal)] : [path];
    }

    /// <summary>Reads a picture as 8-bit RGB; alpha is dropped.</summary>
    public static Picture Read(string path)
    {
        Picture picture = PictureReader.Read(File.ReadAllBytes(path));
        if (!picture.Layout.HasAlpha())
        {
            return PictureLayouts.ToRgb(picture);
        }

        int colours = picture.Channels - 1;
        var pixels = new byte[picture.Width * picture.Height * colours];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = picture.Pixels[i / colours * picture.Channels + i % colours];
        }

        return PictureLayouts.ToRgb(new(picture.Width, picture.Height, (PixelLayout)colours, pixels));
    }

    /// <summary>Writes a picture in the format of the file's extension.</summary>
    public static void Write(Picture picture, string path, int level = 6)
    {
        using FileStream file = File.Create(path);
        PictureWriter.Write(picture, PictureWriter.Find(Path.GetExtension(path)[1..])!.Value, file, level);
    }

    /// <summary>Reads a picture and leaves it in a folder in the forms that the peers read.</summary>
    public static Source Prepare(string path, string folder)
    {
        Picture picture;
        try
        {
            picture = Read(path);
        }
        catch (FileFormatException fault)
        {
            throw new FileFormatException($"{path} {fault.Message}");
        }

        string stem = Path.Combine(folder, Path.GetFileNameWithoutExtension(path));
        Write(picture, stem + ".ppm");
        Write(picture, stem + ".png", level: 0);
        string hash = Convert.ToHexStringLower(SHA256.HashData(picture.Pixels));
        return new(Path.GetFileName(path), picture, stem + ".ppm", stem + ".png", hash);
    }
}
