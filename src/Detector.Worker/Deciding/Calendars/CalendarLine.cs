namespace Detector.Worker.Deciding.Calendars;

/// <summary>One content line of a calendar: <c>NAME;PARAMETER=VALUE:VALUE</c>.</summary>
/// <param name="Number">Number of the line in the file, from 1.</param>
internal sealed record CalendarLine(int Number, string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>The lines of a file, unfolded: one that begins with a blank continues the one before it.</summary>
    /// <exception cref="CalendarException">A line has no name.</exception>
    public static IEnumerable<CalendarLine> Read(TextReader text)
    {
        string? held = null;
        int heldAt = 0;
        for (int number = 1; text.ReadLine() is { } line; number++)
        {
            if (held is not null && line is [' ' or '\t', ..])
            {
                held += line[1..];
                continue;
            }

            if (held is { Length: > 0 })
                yield return Parse(held, heldAt);
            (held, heldAt) = (line, number);
        }

        if (held is { Length: > 0 })
            yield return Parse(held, heldAt);
    }

    private static CalendarLine Parse(string line, int number)
    {
        // A colon within quotes belongs to a parameter.
        int colon = -1;
        bool quoted = false;
        for (int i = 0; i < line.Length && colon < 0; i++)
        {
            quoted ^= line[i] == '"';
            colon = line[i] == ':' && !quoted ? i : -1;
        }

        if (colon < 0)
            throw new CalendarException($"line {number} has no colon");
        string[] head = line[..colon].Split(';');
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string parameter in head.Skip(1))
        {
            string[] sides = parameter.Split('=', 2);
            parameters[sides[0]] = sides.Length == 2 ? sides[1].Trim('"') : "";
        }

        return new CalendarLine(number, head[0].ToUpperInvariant(), parameters, line[(colon + 1)..]);
    }
}
