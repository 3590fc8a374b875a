namespace Detector.Models.Scaling;

/// <summary>Means of one feature by the half-hour of the day and of the week.</summary>
internal sealed class SeasonTable
{
    private readonly (double Sum, int Count)[] _ofDay = new (double, int)[Season.BinsOfDay];
    private readonly (double Sum, int Count, int Days, int LastDay)[] _ofWeek = new (double, int, int, int)[Season.Bins];

    /// <param name="values">(N) NaN where missing.</param>
    /// <param name="bins">(N) half-hours of the week.</param>
    /// <param name="days">(N) numbers of the days.</param>
    /// <param name="counts">Which of them count.</param>
    public SeasonTable(ReadOnlySpan<double> values, ReadOnlySpan<int> bins, ReadOnlySpan<int> days, Predicate<int> counts)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || !counts(i))
                continue;
            (sum, count) = (sum + values[i], count + 1);
            ref (double Sum, int Count) ofDay = ref _ofDay[bins[i] % Season.BinsOfDay];
            ofDay = (ofDay.Sum + values[i], ofDay.Count + 1);
            ref (double Sum, int Count, int Days, int LastDay) ofWeek = ref _ofWeek[bins[i]];
            ofWeek = (ofWeek.Sum + values[i], ofWeek.Count + 1, ofWeek.Days + (ofWeek.LastDay == days[i] ? 0 : 1), days[i]);
        }

        IsEmpty = count == 0;
        Mean = IsEmpty ? 0 : sum / count;
    }

    public bool IsEmpty { get; }

    /// <summary>Mean over all.</summary>
    public double Mean { get; }

    /// <summary>Mean at the time of day of a half-hour of the week, or over all where that was never seen.</summary>
    public double OfDay(int bin)
    {
        (double sum, int count) = _ofDay[bin % Season.BinsOfDay];
        return count > 0 ? sum / count : Mean;
    }

    /// <summary>Mean in a half-hour of the week, or at its time of day where it was seen on fewer days.</summary>
    public double OfWeek(int bin, int leastDays)
    {
        (double sum, int count, int seen, _) = _ofWeek[bin];
        return seen >= leastDays ? sum / count : OfDay(bin);
    }
}
