using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Cli.Commands;

/// <summary>Reads pictures on behalf of commands; faults name the file.</summary>
static class PictureInput
{
    /// <summary>Reads a picture file.</summary>
    /// <exception cref="FileFault">It cannot be read, or its contents are at fault.</exception>
    public static Picture Read(string path, Host host, long maxPixels, int frame) =>
        Parse(path, InputFile.Read(path, host.Input), maxPixels, frame);

    /// <summary>Reads a picture file that is in memory.</summary>
    /// <exception cref="FileFault">Its contents are at fault.</exception>
    public static Picture Parse(string path, ReadOnlyMemory<byte> file, long maxPixels, int frame)
    {
        try
        {
            return PictureReader.Read(file, maxPixels, frame);
        }
        catch (FileFormatException error)
        {
            throw new FileFault(path, error.Message);
        }
    }
}
