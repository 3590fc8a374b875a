namespace Detector.Worker.Deciding.Calendars;

/// <summary>An event of a calendar: once, or by a rule.</summary>
/// <param name="Start">Wall-clock time in <paramref name="Zone"/>.</param>
/// <param name="Lasts">How long each occurrence lasts, in time that passes.</param>
/// <param name="Except">Starts that are left out, UTC ticks.</param>
internal sealed record CalendarEvent(DateTime Start, TimeZoneInfo Zone, TimeSpan Lasts, RecurrenceRule? Rule, IReadOnlySet<long> Except)
{
    /// <summary>The occurrences that touch a stretch of time, UTC ticks.</summary>
    public IEnumerable<(long From, long To)> Occurrences(long from, long to)
    {
        foreach (DateTime start in Rule?.Starts(Start) ?? [Start])
        {
            long at = Utc(start);
            if (at >= to || at > (Rule?.Until?.UtcTicks ?? long.MaxValue))
                yield break;
            if (at + Lasts.Ticks > from && !Except.Contains(at))
                yield return (at, at + Lasts.Ticks);
        }
    }

    private long Utc(DateTime local) => Utc(local, Zone);

    /// <summary>The instant of a wall-clock time: one that the clock skips in spring is taken an hour later, one that it shows twice the first time.</summary>
    public static long Utc(DateTime local, TimeZoneInfo zone)
    {
        DateTime plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(plain))
            plain = plain.AddHours(1);
        TimeSpan offset = zone.IsAmbiguousTime(plain) ? zone.GetAmbiguousTimeOffsets(plain).Max() : zone.GetUtcOffset(plain);
        return plain.Ticks - offset.Ticks;
    }
}
