namespace Lacuna.Cli.Commands;

/// <summary>An option of a command.</summary>
/// <param name="Name">With its two dashes.</param>
/// <param name="Value">What follows it, for the help text; null for a switch, which nothing follows.</param>
/// <param name="Help">What it does: a paragraph, which the help page breaks into lines.</param>
sealed record OptionSpec(string Name, string? Value, string Help);

/// <summary>One verb of the command line.</summary>
interface ICommand
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>What there is to know before using it; paragraphs of lines up to 78 columns.</summary>
    string Details { get; }

    /// <summary>Names of its operands, all of them needed.</summary>
    IReadOnlyList<string> Operands { get; }

    /// <summary>Its options, in the order of the help text.</summary>
    IReadOnlyList<OptionSpec> Options { get; }

    /// <summary>Command lines to learn from, with a remark each.</summary>
    IReadOnlyList<(string Line, string Remark)> Examples { get; }

    /// <summary>Does the work.</summary>
    /// <returns>An exit code.</returns>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <exception cref="Files.FileFault">A file or its contents are at fault.</exception>
    int Run(CommandLine line, Host host);
}
