using System.Text;

namespace Lacuna.Cli.Commands;

/// <summary>Makes the help pages from what the commands say of themselves.</summary>
static class HelpText
{
    const int OptionColumn = 20;
    const int PageWidth = 80;

    /// <summary>The page of <c>lacuna --help</c>.</summary>
    public static string Program(IReadOnlyList<ICommand> commands)
    {
        var text = new StringBuilder(
            """
            lacuna: pictures and files in few bytes, the same bits on every machine.

            Usage:
              lacuna COMMAND ...
              lacuna COMMAND --help
              lacuna --version

            Commands:

            """);
        foreach (ICommand command in commands)
        {
            text.Append($"  {command.Name,-11}{command.Summary}\n");
        }

        return text.Append(
            """

            Examples:
              lacuna encode photo.png photo.lac --quality 60
              lacuna decode photo.lac photo.png
              lacuna compare photo.png photo.lac
              lacuna compress weights.bin --kind bf16
              lacuna help encode

            A file named - is standard input or output. Output files appear whole or not
            at all. Exit codes: 0 done, 1 a file or its contents are at fault, 2 the
            command line is at fault, 130 interrupted.

            """).ToString();
    }

    /// <summary>The page of <c>lacuna GROUP --help</c>.</summary>
    public static string Group(string name, IReadOnlyList<ICommand> commands)
    {
        var text = new StringBuilder($"Usage:\n  lacuna {name} COMMAND ...\n  lacuna {name} COMMAND --help\n\nCommands:\n");
        foreach (ICommand command in commands)
        {
            text.Append($"  {command.Name[(name.Length + 1)..],-10}{command.Summary}\n");
        }

        return text.ToString();
    }

    /// <summary>The page of <c>lacuna COMMAND --help</c>.</summary>
    public static string Command(ICommand command)
    {
        var text = new StringBuilder();
        text.Append($"{command.Summary}\n\nUsage:\n  lacuna {command.Name} {string.Join(' ', command.Operands)} [OPTIONS]\n\n");
        text.Append($"{command.Details.TrimEnd()}\n\nOptions:\n");
        foreach (OptionSpec option in command.Options)
        {
            string name = option.Value is null ? option.Name : $"{option.Name} {option.Value}";
            text.Append($"  {name.PadRight(OptionColumn)}{Wrapped(option.Help)}\n");
        }

        text.Append($"  {"--help".PadRight(OptionColumn)}Print this page.\n\nExamples:\n");
        foreach ((string line, string remark) in command.Examples)
        {
            text.Append($"  {line}\n{(remark.Length > 0 ? $"      {remark}\n" : "")}");
        }

        return text.ToString();
    }

    /// <summary>Breaks a paragraph into lines of the width that an option's text has.</summary>
    static string Wrapped(string paragraph)
    {
        var text = new StringBuilder();
        int column = 0;
        foreach (string word in paragraph.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > PageWidth - OptionColumn - 2)
            {
                text.Append('\n').Append(' ', OptionColumn + 2);
                column = 0;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.ToString();
    }
}
