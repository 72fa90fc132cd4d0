using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Lacuna.Bits;

/// <summary>What a JSON value is.</summary>
enum JsonKind
{
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}

/// <summary>Reads JSON (RFC 8259) in its order: whoever asks knows what should come, and says so.</summary>
/// <remarks>Whatever does not fit is a <see cref="FormatException"/> that names the byte.</remarks>
/// <param name="json">UTF-8.</param>
ref struct JsonReader(ReadOnlySpan<byte> json)
{
    const int MaxDepth = 64;

    readonly ReadOnlySpan<byte> json = json;
    int at;
    int depth;

    /// <summary>Whether an object or array has begun whose first value has not been read.</summary>
    bool isFresh;

    /// <summary>What the next value is, by its first byte.</summary>
    public JsonKind Kind => Peek() switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.Text,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonKind.Number,
        (byte)'t' => JsonKind.True,
        (byte)'f' => JsonKind.False,
        (byte)'n' => JsonKind.Null,
        _ => throw Unexpected(),
    };

    /// <summary>Whether nothing but space follows.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return at == json.Length;
        }
    }

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Begin('{');

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Begin('[');

    /// <summary>The name of the object's next value; false where the object ends.</summary>
    public bool NextField(out string name)
    {
        name = "";
        if (!Next('}'))
        {
            return false;
        }

        name = Text();
        Expect(':');
        return true;
    }

    /// <summary>Whether the array has a next value; false where it ends.</summary>
    public bool NextItem() => Next(']');

    /// <summary>A text.</summary>
    public string Text()
    {
        int start = at;
        ReadOnlySpan<byte> raw = RawText();
        return Utf8.IsValid(raw) ? JsonText.Unescape(Encoding.UTF8.GetString(raw)) ?? throw Fault(start) : throw Fault(start);
    }

    /// <summary>A number without a fraction.</summary>
    public long Whole()
    {
        int start = at;
        ReadOnlySpan<byte> number = RawNumber();
        return Utf8Parser.TryParse(number, out long value, out int used) && used == number.Length ? value : throw Fault(start);
    }

    /// <summary>A number, rounded; infinite where it is out of range.</summary>
    public double Number()
    {
        int start = at;
        ReadOnlySpan<byte> number = RawNumber();
        return Utf8Parser.TryParse(number, out double value, out int used) && used == number.Length ? value : throw Fault(start);
    }

    /// <summary>Leaves a value out, and gives its bytes.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        SkipSpace();
        int start = at;
        switch (Kind)
        {
            case JsonKind.Object:
                BeginObject();
                while (NextField(out _))
                {
                    Skip();
                }

                break;
            case JsonKind.Array:
                BeginArray();
                while (NextItem())
                {
                    Skip();
                }

                break;
            case JsonKind.Text: RawText(); break;
            case JsonKind.Number: RawNumber(); break;
            case JsonKind.True: Word("true"u8); break;
            case JsonKind.False: Word("false"u8); break;
            default: Word("null"u8); break;
        }

        return json[start..at];
    }

    void Begin(char mark)
    {
        Expect(mark);
        isFresh = ++depth <= MaxDepth ? true : throw Fault(at);
    }

    bool Next(char end)
    {
        if (Peek() == end)
        {
            at++;
            depth--;
            return isFresh = false;
        }

        if (!isFresh)
        {
            Expect(',');
        }

        isFresh = false;
        return true;
    }

    /// <summary>What stands between quotes, escapes as they are.</summary>
    ReadOnlySpan<byte> RawText()
    {
        Expect('"');
        int start = at;
        for (; at < json.Length && json[at] != '"'; at++)
        {
            if (json[at] < ' ')
            {
                throw Unexpected();
            }

            at += json[at] == '\\' ? 1 : 0;
        }

        return at < json.Length ? json[start..at++] : throw Unexpected();
    }

    ReadOnlySpan<byte> RawNumber()
    {
        SkipSpace();
        int start = at;
        _ = At('-');
        if (At('0') == 0)
        {
            Digits();
        }

        if (At('.') != 0)
        {
            Digits();
        }

        if (At('e') + At('E') != 0)
        {
            _ = At('+') + At('-');
            Digits();
        }

        return json[start..at];
    }

    /// <summary>Steps over a byte if it stands here; how many bytes that were.</summary>
    int At(char mark)
    {
        int found = at < json.Length && json[at] == mark ? 1 : 0;
        at += found;
        return found;
    }

    void Digits()
    {
        int start = at;
        while (at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        if (at == start)
        {
            throw Unexpected();
        }
    }

    void Word(ReadOnlySpan<byte> word) => at += json[at..].StartsWith(word) ? word.Length : throw Unexpected();

    void Expect(char mark)
    {
        if (Peek() != mark)
        {
            throw Unexpected();
        }

        at++;
    }

    byte Peek()
    {
        SkipSpace();
        return at < json.Length ? json[at] : throw Unexpected();
    }

    void SkipSpace()
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            at++;
        }
    }

    readonly FormatException Unexpected() =>
        new(at < json.Length ? $"byte {at} is not what JSON has there." : "the JSON text is cut short.");

    static FormatException Fault(int start) => new($"the value at byte {start} is not what it should be.");
}
