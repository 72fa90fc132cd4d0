using System.Reflection;
using System.Runtime.InteropServices;
using Lacuna.Cli.Bench;
using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Kernels;

namespace Lacuna.Cli;

/// <summary>The program <c>lacuna</c>: finds the command, runs it, and turns what goes wrong into one line and an exit code.</summary>
static class Program
{
    static readonly ICommand[] Commands =
    [
        new EncodeCommand(),
        new DecodeCommand(),
        new InfoCommand(),
        new CompareCommand(),
        new CompressCommand(),
        new DecompressCommand(),
        new VqTrainCommand(),
        new VqEncodeCommand(),
        new VqDecodeCommand(),
        new VqInfoCommand(),
        new VqPatchesCommand(),
        new VqPictureCommand(),
        new SampleCommand(),
        new BenchCommand(BenchAreas.All, BenchRunner.Standard),
    ];

    static int Main(string[] arguments)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        using Stream input = Console.OpenStandardInput();
        using Stream output = StandardOutput.Open();
        return Run(arguments, input, output, Console.Error, !Console.IsErrorRedirected);
    }

    /// <summary>Runs the program in this process.</summary>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="errorIsTerminal">Whether progress may be drawn on standard error.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] arguments, Stream input, Stream output, TextWriter error, bool errorIsTerminal = false)
    {
        var host = new Host(input, output, error, errorIsTerminal);
        try
        {
            return Dispatch(arguments, host);
        }
        catch (FileFault fault)
        {
            error.WriteLine(fault.Message);
            return ExitCode.Fault;
        }
        catch (ClosedPipeException)
        {
            return ExitCode.ClosedPipe;
        }
        catch (OutOfMemoryException)
        {
            error.WriteLine("lacuna: there is not enough memory for this");
            return ExitCode.Fault;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("lacuna: interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            error.WriteLine($"lacuna: a mistake in the program, please report it: {fault.GetType().Name}: {fault.Message}");
            return ExitCode.Fault;
        }
    }

    static int Dispatch(string[] arguments, Host host)
    {
        if (arguments.Length == 0)
        {
            host.Error.Write(HelpText.Program(Commands));
            return ExitCode.Usage;
        }

        if (arguments[0] is "--version")
        {
            host.Print($"lacuna {Version()} ({Isa.Level.ToString().ToLowerInvariant()})\n");
            return ExitCode.Done;
        }

        bool help = arguments[0] is "help" or "--help" or "-h";
        if (help && arguments.Length == 1)
        {
            host.Print(HelpText.Program(Commands));
            return ExitCode.Done;
        }

        string[] words = help ? arguments[1..] : arguments;
        if (Find(words) is { } command)
        {
            return help ? Explain(command, host) : RunCommand(command, words.AsSpan(command.Name.Split(' ').Length), host);
        }

        ICommand[] group = Array.FindAll(Commands, c => c.Name.StartsWith(words[0] + " ", StringComparison.Ordinal));
        if (group.Length > 0 && (words is [_] or [_, "--help" or "-h", ..]))
        {
            string page = HelpText.Group(words[0], group);
            if (help || words.Length > 1)
            {
                host.Print(page);
                return ExitCode.Done;
            }

            host.Error.Write(page);
            return ExitCode.Usage;
        }

        string name = group.Length > 0 ? $"{words[0]} {words[1]}" : words[0];
        host.Error.WriteLine($"lacuna: there is no command '{name}'; 'lacuna --help' names those there are");
        return ExitCode.Usage;
    }

    /// <summary>The command whose name, of one word or two, the words begin with.</summary>
    static ICommand? Find(ReadOnlySpan<string> words)
    {
        foreach (ICommand command in Commands)
        {
            if (words.StartsWith(command.Name.Split(' ')))
            {
                return command;
            }
        }

        return null;
    }

    static int RunCommand(ICommand command, ReadOnlySpan<string> arguments, Host host)
    {
        int end = arguments.IndexOf("--");
        ReadOnlySpan<string> options = end < 0 ? arguments : arguments[..end];
        if (options.Contains("--help") || options.Contains("-h"))
        {
            return Explain(command, host);
        }

        try
        {
            return command.Run(CommandLine.Parse(command, arguments), host);
        }
        catch (UsageException fault)
        {
            host.Error.WriteLine($"lacuna {command.Name}: {fault.Message}; see 'lacuna {command.Name} --help'");
            return ExitCode.Usage;
        }
    }

    static int Explain(ICommand command, Host host)
    {
        host.Print(HelpText.Command(command));
        return ExitCode.Done;
    }

    static string Version()
    {
        var version = typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        return version?.InformationalVersion.Split('+')[0] ?? "unknown";
    }

    /// <summary>Ends the process on a signal, leaving nothing half-written.</summary>
    static void End(PosixSignalContext context)
    {
        context.Cancel = true;
        OutputFile.RemovePending();
        Environment.Exit(ExitCode.Interrupted);
    }
}
