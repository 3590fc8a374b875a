using System.Runtime.InteropServices;

namespace Detector.Models.Scaling;

/// <summary>
/// Finds whether values follow the hours of a day or of a week: a profile made of every second week, or day where there are no two weeks, must explain enough
/// of the variance of the others, both ways round. So nothing is found in what merely wanders.
/// </summary>
public static class SeasonFinder
{
    /// <summary>Share of the variance of what was held out that a profile must explain.</summary>
    private const double LeastExplained = 0.2;

    /// <summary>Further share that a week must explain beyond a day.</summary>
    private const double LeastGained = 0.05;

    /// <summary>Share of the days that the profile of a day must explain: where weekends go otherwise, it waits until weeks are known.</summary>
    private const double MostDays = 0.9;

    /// <param name="ticks">(N) event times, UTC ticks, ascending within a series.</param>
    /// <param name="rows">N × F in the units of the features, NaN where missing.</param>
    /// <param name="features">F.</param>
    /// <param name="calendar">Whose days and weeks.</param>
    /// <param name="periodTicks">Time between two rows of a window.</param>
    /// <returns>Null where no feature follows the calendar.</returns>
    public static Season? Find(ReadOnlySpan<long> ticks, ReadOnlySpan<double> rows, int features, CalendarSettings calendar, long periodTicks)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        TimeZoneInfo zone = Season.Zone(calendar.TimeZone);
        HashSet<DateOnly> holidays = [.. calendar.Holidays];
        int[] bins = new int[ticks.Length], days = new int[ticks.Length];
        for (int i = 0; i < bins.Length; i++)
            (bins[i], days[i]) = (Season.Bin(zone, holidays, ticks[i]), (int)(Season.Local(zone, ticks[i]).Ticks / TimeSpan.TicksPerDay));
        if (days.Distinct().Count() < 2)
            return null;
        bool hasWeeks = days.Max() - days.Min() >= 13;
        float[] profile = new float[Season.Bins * features];
        double[] column = new double[bins.Length];
        bool any = false;
        for (int f = 0; f < features; f++)
        {
            for (int i = 0; i < column.Length; i++)
                column[i] = rows[i * features + f];
            if (Profile(column, bins, days, hasWeeks) is not { } found)
                continue;
            any = true;
            for (int bin = 0; bin < Season.Bins; bin++)
                profile[bin * features + f] = (float)found[bin];
        }

        return any ? new Season(calendar.TimeZone, calendar.Holidays, periodTicks, MemoryMarshal.AsBytes(profile.AsSpan()).ToArray()) : null;
    }

    /// <summary>The profile of one feature, (Bins); null where the calendar says nothing of it.</summary>
    private static double[]? Profile(double[] values, int[] bins, int[] days, bool hasWeeks)
    {
        List<SeasonGroup> groups = Groups(values, bins, days);
        bool byDay = true, byWeek = hasWeeks;
        for (int fold = 0; fold < 2; fold++)
        {
            ILookup<bool, SeasonGroup> parts = groups.ToLookup(group => ((hasWeeks ? group.Day / 7 : group.Day) & 1) == fold);
            var table = new SeasonTable([.. parts[false]]);
            if (table.IsEmpty || !parts[true].Any())
                return null;
            double none = parts[true].Sum(group => Square(group.Mean - table.Mean));
            double daily = parts[true].Sum(group => Square(group.Mean - table.OfDay(group.Bin)));
            double weekly = parts[true].Sum(group => Square(group.Mean - table.OfWeek(group.Bin)));
            byDay &= daily < (1 - LeastExplained) * none && DaysExplained(parts[true], table) >= MostDays;
            byWeek &= weekly < (1 - LeastExplained) * none && weekly < daily - LeastGained * none;
        }

        if (!byDay && !byWeek)
            return null;
        var all = new SeasonTable(groups);
        return [.. Enumerable.Range(0, Season.Bins).Select(bin => (byWeek ? all.OfWeek(bin) : all.OfDay(bin)) - all.Mean)];
    }

    private static double DaysExplained(IEnumerable<SeasonGroup> held, SeasonTable table)
    {
        IGrouping<int, SeasonGroup>[] days = [.. held.GroupBy(group => group.Day)];
        return (double)days.Count(day => day.Sum(group => Square(group.Mean - table.OfDay(group.Bin))) < (1 - LeastExplained) * day.Sum(group => Square(group.Mean - table.Mean)))
            / days.Length;
    }

    private static List<SeasonGroup> Groups(double[] values, int[] bins, int[] days)
    {
        var groups = new List<SeasonGroup>();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                (sum, count) = (sum + values[i], count + 1);
            if (i + 1 < values.Length && bins[i + 1] == bins[i] && days[i + 1] == days[i])
                continue;
            if (count > 0)
                groups.Add(new SeasonGroup(bins[i], days[i], sum / count));
            (sum, count) = (0, 0);
        }

        return groups;
    }

    private static double Square(double value) => value * value;
}
