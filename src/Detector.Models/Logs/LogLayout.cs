using System.Text;

namespace Detector.Models.Logs;

/// <summary>
/// A layout of lines that the user gives, as in <c>&lt;Date&gt; &lt;Time&gt; &lt;Level&gt; &lt;Component&gt;: &lt;Content&gt;</c>: fields up to the next
/// literal, a space being any number of them. <c>Content</c> is needed; <c>Level</c>, <c>Component</c> and <c>Host</c> are used; others only skipped.
/// </summary>
public sealed class LogLayout
{
    private readonly List<(string Field, byte[] Literal)> _parts = [];
    private readonly byte[] _first;

    private LogLayout(byte[] first) => _first = first;

    /// <param name="error">What is wrong, as the rest of a sentence.</param>
    public static LogLayout? Parse(string text, out string error)
    {
        error = "";
        int open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith("<Content>", StringComparison.Ordinal))
        {
            error = "it must end with <Content>";
            return null;
        }

        var layout = new LogLayout(Encoding.UTF8.GetBytes(text[..open]));
        while (open < text.Length)
        {
            int close = text.IndexOf('>', open);
            int next = close < 0 ? -1 : text.IndexOf('<', close);
            bool closed = close > 0 && !text.AsSpan(open + 1, close - open - 1).Contains('<');
            if (!closed || next == close + 1)
            {
                error = !closed ? "a field is not closed by '>'" : "two fields stand without anything between them";
                return null;
            }

            next = next < 0 ? text.Length : next;
            layout._parts.Add((text[(open + 1)..close], Encoding.UTF8.GetBytes(text[(close + 1)..next])));
            open = next;
        }

        return layout;
    }

    /// <summary>Reads a line; false when it is of another layout.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, long now, out LogHeader header)
    {
        header = default;
        ReadOnlySpan<byte> rest = line;
        if (!TrySkip(ref rest, _first))
            return false;
        var level = LogSeverity.Unknown;
        ReadOnlySpan<byte> host = default;
        ReadOnlySpan<byte> component = default;
        foreach ((string field, byte[] literal) in _parts)
        {
            if (field == "Content")
                break;
            int end = Find(rest, literal, out int used);
            if (end < 0)
                return false;
            ReadOnlySpan<byte> value = rest[..end];
            rest = rest[(end + used)..];
            if (field == "Level")
                level = value.Length == 1 ? LogLevels.OfLetter(value[0]) : LogLevels.Of(value);
            else if (field == "Component")
                component = value;
            else if (field is "Host" or "Node")
                host = value;
        }

        header = new LogHeader
        {
            Ticks = LogHeaders.FirstTime(line[..^rest.Length], now), Level = level, Host = host, Component = component, Content = rest,
        };
        return true;
    }

    /// <summary>Where a literal stands first, and how many bytes it takes there.</summary>
    private static int Find(ReadOnlySpan<byte> text, byte[] literal, out int used)
    {
        for (int i = 0; i <= text.Length; i++)
        {
            ReadOnlySpan<byte> rest = text[i..];
            int before = rest.Length;
            if (!TrySkip(ref rest, literal))
                continue;
            used = before - rest.Length;
            return i;
        }

        used = 0;
        return -1;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> text, byte[] literal)
    {
        ReadOnlySpan<byte> rest = text;
        for (int i = 0; i < literal.Length; i++)
        {
            if (rest.IsEmpty || rest[0] != literal[i])
                return false;
            rest = literal[i] == (byte)' ' ? rest.TrimStart((byte)' ') : rest[1..];
            while (literal[i] == (byte)' ' && i + 1 < literal.Length && literal[i + 1] == (byte)' ')
                i++;
        }

        text = rest;
        return true;
    }
}
