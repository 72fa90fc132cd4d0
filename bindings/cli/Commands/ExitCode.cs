namespace Lacuna.Cli.Commands;

/// <summary>What the program ends with.</summary>
static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>A file, its contents or the machine are at fault.</summary>
    public const int Fault = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Usage = 2;

    /// <summary>A signal ended it (128 + SIGINT, as shells have it).</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads standard output any more (128 + SIGPIPE, as shells have it).</summary>
    public const int ClosedPipe = 141;
}
