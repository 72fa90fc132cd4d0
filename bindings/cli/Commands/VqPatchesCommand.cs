using Lacuna.Cli.Files;
using Lacuna.Cli.Vectors;
using Lacuna.Codecs;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna vq patches</c>: a picture in, a vector for each of its squares out.</summary>
sealed class VqPatchesCommand : ICommand
{
    public string Name => "vq patches";

    public string Summary => "Cut a picture into squares: one vector each.";

    public string Details =>
        """
        IN is a picture. OUT is a .npy file of shape [rows, columns, N x N x channels],
        samples from 0 to 255; what is left at the right and the bottom is cut off.
        """;

    public IReadOnlyList<string> Operands => ["IN", "OUT"];

    public IReadOnlyList<OptionSpec> Options => [PatchGrid.SizeOption, CommonOptions.MaxPixels];

    public IReadOnlyList<(string Line, string Remark)> Examples => [("lacuna vq patches photo.png patches.npy --size 4", "")];

    public int Run(CommandLine line, Host host)
    {
        int size = PatchGrid.SizeOf(line);
        using OutputFile file = OutputFile.Open(line[1], host.Output);
        Picture picture = PictureInput.Read(line[0], host, CommonOptions.PixelLimit(line), 0);
        byte[] bytes = picture.Width >= size && picture.Height >= size
            ? PatchGrid.Cut(picture, size)
            : throw new FileFault(line[0], $"its {picture.Width} x {picture.Height} pixels hold no square of {size}");
        file.Write(destination => destination.Write(bytes));
        file.Commit();
        if (line[1] != "-")
        {
            int vectors = picture.Width / size * (picture.Height / size);
            host.Print($"{line[1]}: {vectors} vectors of {size * size * picture.Channels}\n");
        }

        return ExitCode.Done;
    }
}
