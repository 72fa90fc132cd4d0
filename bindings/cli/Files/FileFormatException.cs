namespace Lacuna.Cli.Files;

/// <summary>The contents of a picture file are at fault. The message names the fault and not the file.</summary>
sealed class FileFormatException : Exception
{
    public FileFormatException(string fault)
        : base(fault)
    {
    }

    public FileFormatException(string fault, Exception cause)
        : base(fault, cause)
    {
    }
}
