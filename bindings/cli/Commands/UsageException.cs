namespace Lacuna.Cli.Commands;

/// <summary>The command line asks for something that cannot be. The message says what.</summary>
sealed class UsageException(string message) : Exception(message);
