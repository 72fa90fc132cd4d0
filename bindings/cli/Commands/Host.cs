using System.Text;

namespace Lacuna.Cli.Commands;

/// <summary>What surrounds the program: its standard streams.</summary>
/// <param name="Input">Standard input, for <c>-</c>.</param>
/// <param name="Output">Standard output: results for people, --json, and files written to <c>-</c>.</param>
/// <param name="Error">Standard error: faults and progress.</param>
/// <param name="ErrorIsTerminal">Whether somebody watches standard error, so that progress may be drawn there.</param>
sealed record Host(Stream Input, Stream Output, TextWriter Error, bool ErrorIsTerminal)
{
    /// <summary>Writes text to standard output.</summary>
    /// <exception cref="Files.FileFault">Standard output is full or closed.</exception>
    public void Print(string text)
    {
        using Files.OutputFile output = Files.OutputFile.Open("-", Output);
        output.Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
