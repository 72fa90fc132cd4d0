using Lacuna.Cli.Files;
using Lacuna.Cli.Vectors;
using Lacuna.Codecs;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna vq picture</c>: vectors of squares in, a picture out.</summary>
sealed class VqPictureCommand : ICommand
{
    static readonly OptionSpec Columns = new("--columns", "N", "Squares in a row; needed.");

    public string Name => "vq picture";

    public string Summary => "Put a picture together from the vectors of its squares.";

    public string Details =>
        """
        IN is what 'vq patches' writes, or 'vq decode' makes of it: a .npy file whose last
        side is N x N x channels. OUT is a PNG, PGM, PPM or PAM file; samples are rounded.
        """;

    public IReadOnlyList<string> Operands => ["IN", "OUT"];

    public IReadOnlyList<OptionSpec> Options => [PatchGrid.SizeOption, Columns, VectorFile.DimensionsOption];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
        [("lacuna vq picture decoded.npy decoded.png --size 4 --columns 192", "768 pixels wide")];

    public int Run(CommandLine line, Host host)
    {
        int size = PatchGrid.SizeOf(line);
        var columns = (int)(line.Whole(Columns.Name, 1, Picture.MaxSide) ?? throw new UsageException("--columns is missing"));
        OutputFormat format = line[1] == "-" ? OutputFormat.Png
            : PictureWriter.Find(Path.GetExtension(line[1]).TrimStart('.'))
                ?? throw new UsageException($"the name {line[1]} does not tell a format ({PictureWriter.Names})");
        using OutputFile file = OutputFile.Open(line[1], host.Output);
        VectorFile vectors = VectorFile.Read(line[0], line, host);
        Picture picture = PatchGrid.Join(vectors, size, columns)
            ?? throw new FileFault(line[0], $"its {vectors.Count} vectors of {vectors.Dimensions} are no picture of squares of {size}");
        if (PictureWriter.Lacks(format, picture.Layout) is { } lack)
        {
            throw new FileFault(line[1], lack, "standard output");
        }

        file.Write(destination => PictureWriter.Write(picture, format, destination));
        file.Commit();
        return ExitCode.Done;
    }
}
