namespace Detector.Worker.Deciding.Calendars;

/// <summary>
/// When an event recurs, in the wall-clock time of its zone: RFC 5545's RRULE with FREQ (DAILY to YEARLY), INTERVAL, COUNT, UNTIL, BYDAY,
/// BYMONTHDAY, BYMONTH and WKST. Any other part is refused by <see cref="RecurrenceReader"/>, never ignored.
/// </summary>
internal sealed record RecurrenceRule(Frequency Frequency)
{
    /// <summary>Periods without any occurrence (30 February) after which the rule is at its end.</summary>
    private const int MostEmptyPeriods = 1000;

    public int Interval { get; init; } = 1;

    public int? Count { get; init; }

    /// <summary>Last instant at which an occurrence may start, UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    public IReadOnlyList<WeekdayNumber> Days { get; init; } = [];

    public IReadOnlyList<int> MonthDays { get; init; } = [];

    public IReadOnlyList<int> Months { get; init; } = [];

    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>Starts of the occurrences in order, before <see cref="Until"/> and what is excluded are looked at; the first is <paramref name="start"/>.</summary>
    public IEnumerable<DateTime> Starts(DateTime start)
    {
        yield return start;
        int given = 1, empty = 0;
        for (long period = 0; empty < MostEmptyPeriods && (Count is null || given < Count); period++)
        {
            bool any = false;
            foreach (DateTime day in Period(start, period))
            {
                DateTime at = day + start.TimeOfDay;
                if (at <= start)
                    continue;
                if (Count is not null && given >= Count)
                    yield break;
                any = true;
                given++;
                yield return at;
            }

            empty = any ? 0 : empty + 1;
            if (Past(start, period + 1))
                yield break;
        }
    }

    /// <summary>Whether the calendar of .NET ends before that period does.</summary>
    private bool Past(DateTime start, long period) => Frequency switch
    {
        Frequency.Daily => start.AddYears(200).Ticks < start.Ticks + period * Interval * TimeSpan.TicksPerDay,
        Frequency.Weekly => 200 * 53 < period * Interval,
        Frequency.Monthly => 200 * 12 < period * Interval,
        _ => 200 < period * Interval,
    };

    private IEnumerable<DateTime> Period(DateTime start, long period)
    {
        int step = (int)(period * Interval);
        return (Frequency switch
        {
            Frequency.Daily => [start.Date.AddDays(step)],
            Frequency.Weekly => Week(start, step),
            Frequency.Monthly => Month(start, new DateTime(start.Year, start.Month, 1, 0, 0, 0, start.Kind).AddMonths(step)),
            _ => Year(start, start.Year + step),
        }).Where(Matches);
    }

    private IEnumerable<DateTime> Week(DateTime start, int step)
    {
        DateTime first = start.Date.AddDays(-(((int)start.DayOfWeek - (int)WeekStart + 7) % 7)).AddDays(7 * step);
        return Days.Count == 0
            ? [start.Date.AddDays(7 * step)]
            : Enumerable.Range(0, 7).Select(day => first.AddDays(day)).Where(day => Days.Any(wanted => wanted.Day == day.DayOfWeek));
    }

    private IEnumerable<DateTime> Year(DateTime start, int year)
    {
        IEnumerable<int> months = Months.Count > 0 ? Months.Order() : [start.Month];
        return months.SelectMany(month => Month(start, new DateTime(year, month, 1, 0, 0, 0, start.Kind)));
    }

    private IEnumerable<DateTime> Month(DateTime start, DateTime first)
    {
        int length = DateTime.DaysInMonth(first.Year, first.Month);
        IEnumerable<DateTime> days = Enumerable.Range(0, length).Select(day => first.AddDays(day));
        if (MonthDays.Count > 0)
            days = days.Where(day => MonthDays.Contains(day.Day) || MonthDays.Contains(day.Day - length - 1));
        if (Days.Count > 0)
            days = days.Where(day => Days.Any(wanted => IsNth(day, wanted, length)));
        return MonthDays.Count > 0 || Days.Count > 0 ? days : days.Where(day => day.Day == start.Day);
    }

    private static bool IsNth(DateTime day, WeekdayNumber wanted, int length) =>
        day.DayOfWeek == wanted.Day
        && (wanted.Ordinal == 0 || wanted.Ordinal == (day.Day - 1) / 7 + 1 || wanted.Ordinal == -((length - day.Day) / 7 + 1));

    /// <summary>What limits, where it does not already expand.</summary>
    private bool Matches(DateTime day) =>
        (Months.Count == 0 || Months.Contains(day.Month))
        && (Frequency != Frequency.Daily
            || ((Days.Count == 0 || Days.Any(wanted => wanted.Day == day.DayOfWeek))
                && (MonthDays.Count == 0 || MonthDays.Contains(day.Day) || MonthDays.Contains(day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1))));
}
