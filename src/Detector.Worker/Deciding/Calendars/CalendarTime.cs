using System.Globalization;
using System.Text.RegularExpressions;

namespace Detector.Worker.Deciding.Calendars;

/// <summary>Times and durations as iCalendar writes them.</summary>
internal static partial class CalendarTime
{
    private const string DateForm = "yyyyMMdd", TimeForm = "yyyyMMdd'T'HHmmss";

    /// <summary>A time of a line, in its zone: UTC with a Z, that of TZID, or else <paramref name="zone"/>. A date is its midnight.</summary>
    public static (DateTime Local, TimeZoneInfo Zone) Read(CalendarLine line, string text, TimeZoneInfo zone)
    {
        if (line.Parameters.TryGetValue("TZID", out string? name))
            zone = Zone(name) ?? throw new CalendarException($"line {line.Number} has TZID={name}, which this machine does not know; name a zone such as Europe/Berlin");
        return Read(text, zone) ?? throw new CalendarException($"line {line.Number} has the time '{text}'; one such as 20260101T080000Z belongs there");
    }

    /// <summary>An instant: what has no Z is in the zone.</summary>
    public static DateTimeOffset Instant(string text, TimeZoneInfo zone)
    {
        (DateTime local, zone) = Read(text, zone) ?? throw new CalendarException($"RRULE has UNTIL={text}; a time such as 20261231T235959Z belongs there");
        // A date allows all of its day.
        long ticks = CalendarEvent.Utc(text.Length == DateForm.Length ? local.AddDays(1).AddTicks(-1) : local, zone);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public static bool IsDate(CalendarLine line) => line.Value.Length == DateForm.Length;

    public static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;

    /// <summary>A duration such as <c>PT1H30M</c>, <c>P1D</c> or <c>P2W</c>.</summary>
    public static TimeSpan Duration(CalendarLine line)
    {
        Match match = Form().Match(line.Value);
        if (!match.Success || line.Value[^1] is 'P' or 'T')
            throw new CalendarException($"line {line.Number} has the duration '{line.Value}'; one such as PT1H30M belongs there");
        return new TimeSpan(Part("weeks") * 7 + Part("days"), Part("hours"), Part("minutes"), Part("seconds"));

        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    private static (DateTime Local, TimeZoneInfo Zone)? Read(string text, TimeZoneInfo zone)
    {
        if (text.EndsWith('Z'))
            (text, zone) = (text[..^1], TimeZoneInfo.Utc);
        string form = text.Length == DateForm.Length ? DateForm : TimeForm;
        return DateTime.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local) ? (local, zone) : null;
    }

    [GeneratedRegex(@"^\+?P(?:(?<weeks>\d{1,4})W)?(?:(?<days>\d{1,4})D)?(?:T(?:(?<hours>\d{1,5})H)?(?:(?<minutes>\d{1,6})M)?(?:(?<seconds>\d{1,7})S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
