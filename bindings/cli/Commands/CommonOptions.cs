using Lacuna.Cli.Files;

namespace Lacuna.Cli.Commands;

/// <summary>Options that several commands have, with one name, help text and reading.</summary>
static class CommonOptions
{
    const int MostThreads = 256;
    const long MostPixels = 1L << 29;

    public static OptionSpec Threads { get; } = new("--threads", "N",
        "Worker threads; 0, the default, is one for each processor. The result is the same to the last bit whatever their number.");

    public static OptionSpec MaxPixels { get; } = new("--max-pixels", "N",
        "Refuse pictures of more pixels, before memory is taken for them; "
        + $"{PictureLimits.DefaultMaxPixels} unless given, {MostPixels} at most.");

    public static OptionSpec Json { get; } = new("--json", null, "Print one JSON object for machines instead of lines for people.");

    public static OptionSpec Frame { get; } = new("--frame", "N", "Frame of a y4m file to read, from 0, the default.");

    /// <summary>The threads asked for; 0: one a processor.</summary>
    public static int ThreadCount(CommandLine line) => (int)(line.Whole(Threads.Name, 0, MostThreads) ?? 0);

    /// <summary>The pixel limit asked for.</summary>
    public static long PixelLimit(CommandLine line) => line.Whole(MaxPixels.Name, 1, MostPixels) ?? PictureLimits.DefaultMaxPixels;

    /// <summary>The frame asked for.</summary>
    public static int FrameNumber(CommandLine line) => (int)(line.Whole(Frame.Name, 0, int.MaxValue) ?? 0);

    /// <summary>Refuses --json beside a file on standard output.</summary>
    /// <exception cref="UsageException">Both want standard output.</exception>
    public static void CheckJson(CommandLine line, string output)
    {
        if (line.Has(Json.Name) && output == "-")
        {
            throw new UsageException("--json and OUT both want standard output; name a file");
        }
    }

    /// <summary>Refuses standard input for two operands.</summary>
    /// <exception cref="UsageException">Both want standard input.</exception>
    public static void CheckInputs(string first, string second)
    {
        if (first == "-" && second == "-")
        {
            throw new UsageException("only one operand can be standard input");
        }
    }
}
