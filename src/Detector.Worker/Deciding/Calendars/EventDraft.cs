namespace Detector.Worker.Deciding.Calendars;

/// <summary>An event while its lines are read.</summary>
internal sealed class EventDraft(TimeZoneInfo zone, int line)
{
    private readonly HashSet<long> _except = [];
    private (DateTime Local, TimeZoneInfo Zone)? _start;
    private (DateTime Local, TimeZoneInfo Zone)? _end;
    private TimeSpan? _duration;
    private bool _isDay;
    private string? _rule;

    public string Uid { get; private set; } = "";

    /// <summary>Start of the occurrence in whose place this one stands, UTC ticks.</summary>
    public long? Replaces { get; private set; }

    public bool IsCancelled { get; private set; }

    public void Take(CalendarLine content)
    {
        switch (content.Name)
        {
            case "UID":
                Uid = content.Value;
                break;
            case "DTSTART":
                _start = CalendarTime.Read(content, content.Value, zone);
                _isDay = CalendarTime.IsDate(content);
                break;
            case "DTEND":
                _end = CalendarTime.Read(content, content.Value, zone);
                break;
            case "DURATION":
                _duration = CalendarTime.Duration(content);
                break;
            case "RRULE":
                _rule = _rule is null ? content.Value : throw new CalendarException($"line {content.Number} is a second RRULE of one event");
                break;
            case "EXDATE":
                foreach (string time in content.Value.Split(','))
                    _except.Add(Ticks(content, time));
                break;
            case "RECURRENCE-ID":
                if (content.Parameters.ContainsKey("RANGE"))
                    throw new CalendarException($"line {content.Number} moves all later occurrences with RANGE, which is not understood; write them as an event of their own");
                Replaces = Ticks(content, content.Value);
                break;
            case "RDATE" or "EXRULE":
                throw new CalendarException($"line {content.Number} has {content.Name}, which is not understood; write its times as events of their own");
            case "STATUS":
                IsCancelled = content.Value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    /// <param name="moved">Occurrences in whose place others stand.</param>
    public CalendarEvent Build(IEnumerable<long> moved)
    {
        if (_start is not { } start)
            throw new CalendarException($"the event of line {line} has no DTSTART");
        TimeSpan lasts = _duration
            ?? (_end is { } end ? new TimeSpan(CalendarEvent.Utc(end.Local, end.Zone) - CalendarEvent.Utc(start.Local, start.Zone)) : TimeSpan.FromDays(_isDay ? 1 : 0));
        if (lasts <= TimeSpan.Zero || lasts > TimeSpan.FromDays(366))
            throw new CalendarException($"the event of line {line} lasts {lasts}; more than nothing and at most a year is meant by DTEND or DURATION");
        try
        {
            RecurrenceRule? rule = _rule is null ? null : RecurrenceReader.Read(_rule, text => CalendarTime.Instant(text, start.Zone));
            return new CalendarEvent(start.Local, start.Zone, lasts, rule, new HashSet<long>(_except.Concat(moved)));
        }
        catch (CalendarException error)
        {
            throw new CalendarException($"the event of line {line}: {error.Message}");
        }
    }

    private long Ticks(CalendarLine content, string text)
    {
        (DateTime local, TimeZoneInfo of) = CalendarTime.Read(content, text, _start?.Zone ?? zone);
        return CalendarEvent.Utc(local, of);
    }
}
