using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Lacuna.Bits;

namespace Lacuna.Sampling;

/// <summary>The fields of a JSON object by name, with a message that names the field for whatever does not fit.</summary>
sealed class ConfigFields
{
    const string What = "The scheduler's configuration";

    readonly Dictionary<string, Value> fields = [];

    /// <exception cref="ArgumentException">It is not one JSON object.</exception>
    public ConfigFields(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new ArgumentException($"{What} is not JSON: it is not UTF-8.");
        }

        try
        {
            var reader = new JsonReader(Quoted(json));
            if (reader.Kind != JsonKind.Object)
            {
                throw new ArgumentException($"{What} is not a JSON object.");
            }

            reader.BeginObject();
            while (reader.NextField(out string name))
            {
                fields[name] = new Value(reader.Kind, reader.Skip().ToArray());
                _ = fields[name].Kind == JsonKind.Text ? fields[name].Text : ""; // throws where an escape is none
            }

            _ = reader.IsAtEnd ? true : throw new FormatException("something follows its object.");
        }
        catch (FormatException error)
        {
            throw new ArgumentException($"{What} is not JSON: {error.Message}", error);
        }
    }

    public double Number(string name, double otherwise) => OptionalNumber(name) ?? otherwise;

    public double? OptionalNumber(string name) => !Has(name) ? null : fields[name] switch
    {
        { Kind: JsonKind.Number } number when double.IsFinite(number.Number) => number.Number,
        { Kind: JsonKind.Text, Text: "inf" or "Infinity" } => double.PositiveInfinity,
        { Kind: JsonKind.Text, Text: "-inf" or "-Infinity" } => double.NegativeInfinity,
        var other => throw Wrong(name, other, "a number"),
    };

    public double Positive(string name, double otherwise) =>
        Number(name, otherwise) is > 0 and < double.PositiveInfinity and var value
            ? value
            : throw Wrong(name, fields[name], "a number above 0");

    public int Whole(string name, int otherwise, int least, int most) =>
        !Has(name) ? otherwise
        : fields[name] is { Kind: JsonKind.Number } number && number.Whole is { } value && value >= least && value <= most ? (int)value
        : throw Wrong(name, fields[name], $"a whole number from {least} to {most}");

    public bool Flag(string name, bool otherwise = false) => !Has(name) ? otherwise : fields[name].Kind switch
    {
        JsonKind.True => true,
        JsonKind.False => false,
        _ => throw Wrong(name, fields[name], "true or false"),
    };

    public string Text(string name, string otherwise, params ReadOnlySpan<string> allowed)
    {
        string value = !Has(name) ? otherwise
            : fields[name] is { Kind: JsonKind.Text } text ? text.Text
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

        return fields[name] is { Kind: JsonKind.Array } array && array.Numbers is { } numbers
            ? numbers
            : throw Wrong(name, fields[name], "an array of numbers");
    }

    /// <summary>Throws where more than one of these flags is set.</summary>
    public void OnlyOne(params ReadOnlySpan<string> flags)
    {
        string[] set = Array.FindAll(flags.ToArray(), flag => Flag(flag));
        if (set.Length > 1)
        {
            throw new ArgumentException($"{What} sets both '{set[0]}' and '{set[1]}': only one of them can be.");
        }
    }

    /// <summary>Throws where a field is given, not null and not false.</summary>
    public void Refuse(string name)
    {
        if (Has(name) && fields[name].Kind != JsonKind.False)
        {
            throw new ArgumentException($"{What}: field '{name}' is not supported.");
        }
    }

    bool Has(string name) => fields.TryGetValue(name, out Value value) && value.Kind != JsonKind.Null;

    static ArgumentException Wrong(string name, Value value, string expected) =>
        new($"{What}: field '{name}' is {value.Raw}, not {expected}.");

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

    /// <summary>One field's value, as it is written.</summary>
    readonly struct Value(JsonKind kind, byte[] json)
    {
        public JsonKind Kind => kind;

        public string Raw => Encoding.UTF8.GetString(json);

        public string Text => new JsonReader(json).Text();

        public double Number => new JsonReader(json).Number();

        /// <summary>Null where the number is no whole one.</summary>
        public long? Whole => Utf8Parser.TryParse(json, out long value, out int used) && used == json.Length ? value : null;

        /// <summary>Null where a value is no number.</summary>
        public float[]? Numbers
        {
            get
            {
                List<float> numbers = [];
                var reader = new JsonReader(json);
                reader.BeginArray();
                while (reader.NextItem())
                {
                    if (reader.Kind != JsonKind.Number)
                    {
                        return null;
                    }

                    numbers.Add((float)reader.Number());
                }

                return numbers.ToArray();
            }
        }
    }
}
