namespace Detector.Worker.Deciding.Calendars;

/// <summary>
/// Reads the events of an iCalendar file (RFC 5545): times, durations, rules, exceptions, moved and cancelled occurrences. Zones are taken from this
/// machine by their name. What it does not understand of a time it refuses; what has no say in it (summaries, alarms) it passes over.
/// </summary>
internal static class CalendarReader
{
    /// <param name="zone">Zone of times that name none.</param>
    /// <exception cref="CalendarException">It is no calendar, or a time cannot be followed.</exception>
    public static IReadOnlyList<CalendarEvent> Read(TextReader text, TimeZoneInfo zone)
    {
        var drafts = new List<EventDraft>();
        var open = new Stack<string>();
        EventDraft? draft = null;
        bool any = false;
        foreach (CalendarLine line in CalendarLine.Read(text))
        {
            any = true;
            string component = line.Value.ToUpperInvariant();
            switch (line.Name)
            {
                case "BEGIN":
                    if (open.Count == 0 && component != "VCALENDAR")
                        throw new CalendarException($"line {line.Number} begins {component}, and a calendar begins with BEGIN:VCALENDAR");
                    open.Push(component);
                    if (component == "VEVENT")
                        draft = new EventDraft(zone, line.Number);
                    break;
                case "END":
                    if (open.Count == 0 || open.Pop() != component)
                        throw new CalendarException($"line {line.Number} ends {component}, which is not what was begun last");
                    if (component == "VEVENT")
                        drafts.Add(draft!);
                    break;
                default:
                    if (open.TryPeek(out string? within) && within == "VEVENT")
                        draft!.Take(line);
                    break;
            }
        }

        if (!any || open.Count > 0)
            throw new CalendarException(any ? $"the file ends within {open.Peek()}" : "the file is empty");
        ILookup<string, long> moved = drafts.Where(event_ => event_.Replaces is not null).ToLookup(event_ => event_.Uid, event_ => event_.Replaces!.Value);
        return [.. drafts.Where(event_ => !event_.IsCancelled).Select(event_ => event_.Build(event_.Replaces is null ? moved[event_.Uid] : []))];
    }
}
