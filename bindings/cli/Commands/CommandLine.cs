using System.Globalization;

namespace Lacuna.Cli.Commands;

/// <summary>The operands and options of one command, as given.</summary>
/// <remarks>
/// <c>--name VALUE</c>, <c>--name=VALUE</c>, switches, operands in any order among them; <c>-</c> is an operand, and after
/// <c>--</c> everything is. Numbers have a point, whatever the machine's language.
/// </remarks>
sealed class CommandLine
{
    readonly Dictionary<string, string> _options = [];
    readonly List<string> _operands = [];

    CommandLine()
    {
    }

    /// <summary>An operand.</summary>
    /// <param name="index">Its place among the command's operands.</param>
    public string this[int index] => _operands[index];

    /// <summary>Sorts out the arguments of a command.</summary>
    /// <param name="command">Names the operands and options.</param>
    /// <param name="arguments">What follows the command's name.</param>
    /// <exception cref="UsageException">
    /// An option is unknown, lacks its value or is there twice, or operands are missing or too many.
    /// </exception>
    public static CommandLine Parse(ICommand command, ReadOnlySpan<string> arguments)
    {
        var line = new CommandLine();
        bool optionsEnded = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (optionsEnded || argument == "-" || !argument.StartsWith('-'))
            {
                line._operands.Add(argument);
            }
            else if (argument == "--")
            {
                optionsEnded = true;
            }
            else
            {
                line.AddOption(command, argument, arguments, ref i);
            }
        }

        if (line._operands.Count < command.Operands.Count)
        {
            throw new UsageException($"{command.Operands[line._operands.Count]} is missing");
        }

        return line._operands.Count == command.Operands.Count
            ? line
            : throw new UsageException($"'{line._operands[command.Operands.Count]}' is one operand too many");
    }

    /// <summary>Whether a switch is given.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>An option's value, or null where it is not given.</summary>
    public string? Text(string option) => _options.GetValueOrDefault(option);

    /// <summary>A whole number, or null where the option is not given.</summary>
    /// <exception cref="UsageException">The value is no such number, or outside the range.</exception>
    public long? Whole(string option, long least, long most)
    {
        if (Text(option) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw new UsageException(most == long.MaxValue
                ? $"{option} wants a whole number of {least} or more, not '{text}'"
                : $"{option} wants a whole number from {least} to {most}, not '{text}'");
    }

    /// <summary>A number, or null where the option is not given.</summary>
    /// <exception cref="UsageException">The value is no number, or outside the range.</exception>
    public double? Number(string option, double least, double most)
    {
        if (Text(option) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value >= least && value <= most
            ? value
            : throw new UsageException($"{option} wants a number from {least} to {most}, not '{text}'");
    }

    void AddOption(ICommand command, string argument, ReadOnlySpan<string> arguments, ref int index)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? argument : argument[..equals];
        OptionSpec option = command.Options.FirstOrDefault(o => o.Name == name) ?? throw new UsageException($"there is no option {name}");
        string value = "";
        if (option.Value is null)
        {
            if (equals >= 0)
            {
                throw new UsageException($"{name} takes no value");
            }
        }
        else if (equals >= 0)
        {
            value = argument[(equals + 1)..];
        }
        else
        {
            value = ++index < arguments.Length ? arguments[index] : throw new UsageException($"{name} wants {option.Value} after it");
        }

        if (!_options.TryAdd(name, value))
        {
            throw new UsageException($"{name} is given twice");
        }
    }
}
