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

    /// <summary>Days on which a half-hour of the week must have been seen to count by itself; else it is as on other days.</summary>
    private const int LeastDays = 2;

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
        int[] folds = [.. days.Select(day => (hasWeeks ? day / 7 : day) & 1)];
        bool byDay = true, byWeek = hasWeeks;
        for (int fold = 0; fold < 2; fold++)
        {
            double none = 0, daily = 0, weekly = 0;
            var ofDays = new Dictionary<int, (double None, double Daily)>();
            var table = new SeasonTable(values, bins, days, i => folds[i] != fold);
            if (table.IsEmpty)
                return null;
            for (int i = 0; i < values.Length; i++)
            {
                if (folds[i] != fold || !double.IsFinite(values[i]))
                    continue;
                double mean = Square(values[i] - table.Mean), day = Square(values[i] - table.OfDay(bins[i]));
                (double None, double Daily) sums = ofDays.GetValueOrDefault(days[i]);
                ofDays[days[i]] = (sums.None + mean, sums.Daily + day);
                (none, daily) = (none + mean, daily + day);
                weekly += Square(values[i] - table.OfWeek(bins[i], leastDays: 1));
            }

            byDay &= daily < (1 - LeastExplained) * none
                && ofDays.Values.Count(sums => sums.Daily < (1 - LeastExplained) * sums.None) >= MostDays * ofDays.Count;
            byWeek &= weekly < (1 - LeastExplained) * none && weekly < daily - LeastGained * none;
        }

        if (!byDay && !byWeek)
            return null;
        var all = new SeasonTable(values, bins, days, _ => true);
        return [.. Enumerable.Range(0, Season.Bins).Select(bin => (byWeek ? all.OfWeek(bin, LeastDays) : all.OfDay(bin)) - all.Mean)];
    }

    private static double Square(double value) => value * value;
}
