using System.Text;
using Lacuna.Cli;

namespace Lacuna.Tests.Cli;

/// <summary>One run of the program in this process.</summary>
sealed record CliRun(int Exit, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);

    public static CliRun Of(params string[] arguments) => With([], arguments);

    public static CliRun With(byte[] input, params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        int exit = Program.Run(arguments, new MemoryStream(input), output, error);
        return new CliRun(exit, output.ToArray(), error.ToString());
    }
}
