namespace Lacuna.Cli.Files.Netpbm;

/// <summary>Reads the words and numbers of a Netpbm file one after the other.</summary>
ref struct NetpbmCursor(ReadOnlySpan<byte> file, int position)
{
    readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Bytes that follow.</summary>
    public readonly ReadOnlySpan<byte> Rest => _file[Position..];

    /// <summary>Passes over white space and comments, which run from # to the end of the line.</summary>
    public void SkipSpace()
    {
        while (Position < _file.Length)
        {
            if (_file[Position] == '#')
            {
                SkipLine();
            }
            else if (IsSpace(_file[Position]))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Passes over everything up to the end of the line and over that.</summary>
    public void SkipLine()
    {
        int end = Rest.IndexOf((byte)'\n');
        Position = end < 0 ? _file.Length : Position + end + 1;
    }

    /// <summary>Reads a word after white space; empty at the end of the file.</summary>
    public ReadOnlySpan<byte> Word()
    {
        SkipSpace();
        int start = Position;
        while (Position < _file.Length && !IsSpace(_file[Position]))
        {
            Position++;
        }

        return _file[start..Position];
    }

    /// <summary>Reads a decimal number of up to nine digits after white space.</summary>
    /// <exception cref="FileFormatException">There is none.</exception>
    public int Number()
    {
        SkipSpace();
        int value = 0;
        int digits = 0;
        while (Position < _file.Length && char.IsAsciiDigit((char)_file[Position]))
        {
            value = (10 * value) + (_file[Position++] - '0');
            if (++digits > 9)
            {
                throw new FileFormatException("a number of the Netpbm file is too large");
            }
        }

        return digits > 0 ? value
            : Position < _file.Length ? throw new FileFormatException("the Netpbm file has something else where a number belongs")
            : throw new FileFormatException("the Netpbm file ends too soon");
    }

    /// <summary>Reads one byte.</summary>
    /// <exception cref="FileFormatException">The file has ended.</exception>
    public byte Digit() => Position < _file.Length ? _file[Position++] : throw new FileFormatException("the Netpbm file ends too soon");

    /// <summary>Passes over the one white-space byte between a header and binary samples.</summary>
    /// <exception cref="FileFormatException">Something else is there.</exception>
    public void OneSpace()
    {
        if (Position >= _file.Length || !IsSpace(_file[Position]))
        {
            throw new FileFormatException("the Netpbm header is not followed by white space");
        }

        Position++;
    }

    static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);
}
