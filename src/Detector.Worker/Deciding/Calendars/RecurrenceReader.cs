using System.Globalization;

namespace Detector.Worker.Deciding.Calendars;

/// <summary>Reads the value of an RRULE; strictly, since a part that is ignored would silence other hours than were meant.</summary>
internal static class RecurrenceReader
{
    private static readonly string[] s_days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <param name="value">Text after <c>RRULE:</c>.</param>
    /// <param name="instant">Reads the value of UNTIL.</param>
    /// <exception cref="CalendarException">A part is unknown or wrong.</exception>
    public static RecurrenceRule Read(string value, Func<string, DateTimeOffset> instant)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in value.ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', 2);
            if (sides.Length != 2 || !parts.TryAdd(sides[0], sides[1]))
                throw new CalendarException($"RRULE holds '{part}', which is no NAME=VALUE or a second one of its name");
        }

        if (!parts.Remove("FREQ", out string? name) || !Enum.TryParse(name, ignoreCase: true, out Frequency frequency) || !Enum.IsDefined(frequency))
            throw new CalendarException($"RRULE has FREQ={name}; DAILY, WEEKLY, MONTHLY and YEARLY are understood");
        var rule = new RecurrenceRule(frequency);
        foreach ((string part, string text) in parts)
            rule = With(rule, part, text, instant);
        if (rule is { Count: not null, Until: not null })
            throw new CalendarException("RRULE has both COUNT and UNTIL; one may stand");
        if (frequency is Frequency.Daily or Frequency.Weekly && rule.Days.Any(day => day.Ordinal != 0))
            throw new CalendarException($"RRULE numbers a weekday in BYDAY, which FREQ={name} does not allow");
        if (frequency == Frequency.Weekly && rule.MonthDays.Count > 0)
            throw new CalendarException("RRULE has BYMONTHDAY, which FREQ=WEEKLY does not allow");
        if (frequency == Frequency.Yearly && rule is { Days.Count: > 0, Months.Count: 0 })
            throw new CalendarException("RRULE has BYDAY with FREQ=YEARLY; name the month with BYMONTH");
        return rule;
    }

    private static RecurrenceRule With(RecurrenceRule rule, string part, string text, Func<string, DateTimeOffset> instant) => part switch
    {
        "INTERVAL" => rule with { Interval = Number(part, text, 1, 10_000) },
        "COUNT" => rule with { Count = Number(part, text, 1, 100_000) },
        "UNTIL" => rule with { Until = instant(text) },
        "BYDAY" => rule with { Days = [.. text.Split(',').Select(WeekdayOf)] },
        "BYMONTHDAY" => rule with { MonthDays = [.. text.Split(',').Select(day => Number(part, day, -31, 31))] },
        "BYMONTH" => rule with { Months = [.. text.Split(',').Select(month => Number(part, month, 1, 12))] },
        "WKST" => rule with { WeekStart = WeekdayOf(text) is { Ordinal: 0 } day ? day.Day : throw new CalendarException($"RRULE has WKST={text}") },
        _ => throw new CalendarException($"RRULE has the part {part}, which is not understood; write the times as several events"),
    };

    private static int Number(string part, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most && number != 0
            ? number
            : throw new CalendarException($"RRULE has {part}={text}; a whole number from {least} to {most}, not 0, belongs there");

    private static WeekdayNumber WeekdayOf(string text)
    {
        int day = text.Length < 2 ? -1 : Array.IndexOf(s_days, text[^2..]);
        int ordinal = 0;
        return day >= 0 && (text.Length == 2 || (int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ordinal) && ordinal is >= -5 and <= 5 and not 0))
            ? new WeekdayNumber((DayOfWeek)day, ordinal)
            : throw new CalendarException($"RRULE names the day '{text}'; MO, TU, … are days, 1MO the first Monday and -1FR the last Friday of a month");
    }
}
