using System.Text;

namespace Lacuna.Perf;

/// <summary>A table of text: the first column to the left, the others to the right.</summary>
sealed class TextTable(params string[] heads)
{
    readonly List<string[]> rows = [];

    /// <summary>Adds a row of as many cells as there are heads.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>For a terminal.</summary>
    public string ToPlain()
    {
        var text = new StringBuilder();
        Line(text, heads, "  ", "");
        foreach (string[] row in rows)
        {
            Line(text, row, "  ", "");
        }

        return text.ToString();
    }

    /// <summary>For Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line(text, heads, " | ", "| ", " |");
        text.Append("|---|").Append(string.Concat(Enumerable.Repeat("---:|", heads.Length - 1))).Append('\n');
        foreach (string[] row in rows)
        {
            Line(text, row, " | ", "| ", " |");
        }

        return text.ToString();
    }

    void Line(StringBuilder text, string[] cells, string between, string before, string after = "")
    {
        text.Append(before);
        for (int i = 0; i < heads.Length; i++)
        {
            int width = rows.Select(row => row[i].Length).Append(heads[i].Length).Max();
            text.Append(i == 0 ? cells[i].PadRight(width) : between + cells[i].PadLeft(width));
        }

        text.Append(after).Append('\n');
    }
}
