namespace Lacuna.Cli.Files;

/// <summary>Nobody reads standard output any more, as after <c>| head</c>: no fault, but a reason to end.</summary>
sealed class ClosedPipeException : Exception;
