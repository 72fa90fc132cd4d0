using System.Text.Json;
using System.Text.Unicode;

namespace Lacuna.Sampling;

/// <summary>The fields of a JSON object by name, with a message that names the field for whatever does not fit.</summary>
sealed class ConfigFields
{
    const string What = "The scheduler's configuration";

    readonly Dictionary<string, JsonElement> fields = [];

    /// <exception cref="ArgumentException">It is not one JSON object.</exception>
    public ConfigFields(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new ArgumentException($"{What} is not JSON: it is not UTF-8.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(Quoted(json));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException($"{What} is not a JSON object.");
            }

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                fields[property.Name] = property.Value.Clone();
                if (property.Value.ValueKind == JsonValueKind.String)
                {
                    property.Value.GetString(); // throws where an escape is half a character
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"{What} is not JSON: {error.Message}", error);
        }
    }

    public double Number(string name, double otherwise) => OptionalNumber(name) ?? otherwise;

    public double? OptionalNumber(string name) => !Has(name) ? null : fields[name] switch
    {
        { ValueKind: JsonValueKind.Number } number when double.IsFinite(number.GetDouble()) => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("inf") || text.ValueEquals("Infinity") => double.PositiveInfinity,
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("-inf") || text.ValueEquals("-Infinity") => double.NegativeInfinity,
        var other => throw Wrong(name, other, "a number"),
    };

    public double Positive(string name, double otherwise) =>
        Number(name, otherwise) is > 0 and < double.PositiveInfinity and var value
            ? value
            : throw Wrong(name, fields[name], "a number above 0");

    public int Whole(string name, int otherwise, int least, int most) =>
        !Has(name) ? otherwise
        : fields[name] is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) && value >= least && value <= most
            ? value
        : throw Wrong(name, fields[name], $"a whole number from {least} to {most}");

    public bool Flag(string name, bool otherwise = false) => !Has(name) ? otherwise : fields[name].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, fields[name], "true or false"),
    };

    public string Text(string name, string otherwise, params ReadOnlySpan<string> allowed)
    {
        string value = !Has(name) ? otherwise
            : fields[name] is { ValueKind: JsonValueKind.String } text ? text.GetString()!
            : throw Wrong(name, fields[name], "a text");
        return allowed.IsEmpty || allowed.Contains(value)
            ? value
            : throw Wrong(name, fields[name], $"one of {string.Join(", ", allowed!)}");
    }

    public float[]? Floats(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        return fields[name] is { ValueKind: JsonValueKind.Array } array
            && array.EnumerateArray().All(each => each.ValueKind == JsonValueKind.Number)
            ? [.. array.EnumerateArray().Select(each => (float)each.GetDouble())]
            : throw Wrong(name, fields[name], "an array of numbers");
    }

    /// <summary>Throws where more than one of these flags is set.</summary>
    public void OnlyOne(params ReadOnlySpan<string> flags)
    {
        string[] set = [.. flags.ToArray().Where(flag => Flag(flag))];
        if (set.Length > 1)
        {
            throw new ArgumentException($"{What} sets both '{set[0]}' and '{set[1]}': only one of them can be.");
        }
    }

    /// <summary>Throws where a field is given, not null and not false.</summary>
    public void Refuse(string name)
    {
        if (Has(name) && fields[name].ValueKind != JsonValueKind.False)
        {
            throw new ArgumentException($"{What}: field '{name}' is not supported.");
        }
    }

    bool Has(string name) => fields.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    static ArgumentException Wrong(string name, JsonElement value, string expected) =>
        new($"{What}: field '{name}' is {value.GetRawText()}, not {expected}.");

    /// <summary>Python writes infinities and NaN bare, which JSON forbids: they are put in quotes.</summary>
    internal static byte[] Quoted(ReadOnlySpan<byte> json)
    {
        var quoted = new List<byte>(json.Length);
        bool inText = false;
        for (int i = 0; i < json.Length; i++)
        {
            int word = inText ? 0 : BareWord(json[i..]);
            if (word > 0)
            {
                quoted.AddRange([(byte)'"', .. json.Slice(i, word), (byte)'"']);
                i += word - 1;
                continue;
            }

            quoted.Add(json[i]);
            if (json[i] == '\\' && inText && i + 1 < json.Length)
            {
                quoted.Add(json[++i]);
            }
            else if (json[i] == '"')
            {
                inText = !inText;
            }
        }

        return [.. quoted];
    }

    static int BareWord(ReadOnlySpan<byte> json) =>
        json.StartsWith("-Infinity"u8) ? 9 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("NaN"u8) ? 3 : 0;
}
