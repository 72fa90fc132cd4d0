using System.Globalization;
using System.Text;

namespace Lacuna.Bits;

/// <summary>The escapes of JSON's texts.</summary>
static class JsonText
{
    /// <summary>The characters that a text stands for, or null where an escape is none or is half a character.</summary>
    /// <param name="raw">What stands between the quotes.</param>
    public static string? Unescape(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            int code = raw[i] == 'u' ? Unit(raw, i + 1) : Short(raw[i]);
            i += raw[i] == 'u' ? 4 : 0;
            if (code < 0)
            {
                return null;
            }

            text.Append((char)code);
        }

        string whole = text.ToString();
        return HasHalves(whole) ? null : whole;
    }

    static int Short(char letter) => letter switch
    {
        '"' or '\\' or '/' => letter,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => -1,
    };

    static int Unit(string raw, int start) =>
        start + 4 <= raw.Length && ushort.TryParse(
            raw.AsSpan(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit) ? unit : -1;

    static bool HasHalves(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i++ + 1])))
            {
                return true;
            }
        }

        return false;
    }
}
