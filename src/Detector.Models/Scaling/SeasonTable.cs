using Detector.Models.Statistics;

namespace Detector.Models.Scaling;

/// <summary>
/// Means of one feature by the half-hour of the day and of the week. What a half-hour adds counts as far as it stands out from the spread between days (James and
/// Stein's shrinkage, each half-hour by itself): of two weeks most would else be noise, which every value would then carry.
/// </summary>
internal sealed class SeasonTable
{
    private const double Doubt = 3; // squared standard errors that are no effect

    private readonly double[] _ofDay = new double[Season.BinsOfDay];
    private readonly double[] _ofWeek = new double[Season.Bins];

    /// <param name="groups">Half-hours of single days: the half-hour of the week, and the mean in it.</param>
    public SeasonTable(IReadOnlyList<SeasonGroup> groups)
    {
        IsEmpty = groups.Count == 0;
        if (IsEmpty)
            return;
        Mean = groups.Average(group => group.Mean);
        SeasonGroup[][] days = Bins(groups, Season.BinsOfDay), weeks = Bins(groups, Season.Bins);
        double ofDays = Spread(days), ofWeeks = weeks.Any(bin => bin.Length > 1) ? Spread(weeks) : ofDays;
        for (int bin = 0; bin < Season.Bins; bin++)
        {
            if (bin < Season.BinsOfDay)
                _ofDay[bin] = Shrunk(Mean, days[bin], ofDays);
            _ofWeek[bin] = Shrunk(_ofDay[bin % Season.BinsOfDay], weeks[bin], ofWeeks);
        }
    }

    public bool IsEmpty { get; }

    /// <summary>Mean over all.</summary>
    public double Mean { get; }

    /// <summary>What is to be expected at the time of day of a half-hour of the week.</summary>
    public double OfDay(int bin) => _ofDay[bin % Season.BinsOfDay];

    /// <summary>What is to be expected in a half-hour of the week.</summary>
    public double OfWeek(int bin) => _ofWeek[bin];

    private static SeasonGroup[][] Bins(IReadOnlyList<SeasonGroup> groups, int count)
    {
        ILookup<int, SeasonGroup> bins = groups.ToLookup(group => group.Bin % count);
        return [.. Enumerable.Range(0, count).Select(bin => bins[bin].ToArray())];
    }

    /// <summary>Variance between days, the median over the half-hours.</summary>
    private static double Spread(SeasonGroup[][] bins)
    {
        double[] variances = [.. bins.Where(bin => bin.Length > 1).Select(bin =>
        {
            double mean = bin.Average(group => group.Mean);
            return bin.Sum(group => (group.Mean - mean) * (group.Mean - mean)) / (bin.Length - 1);
        })];
        return variances.Length == 0 ? 0 : Quantiles.Median(variances);
    }

    private static double Shrunk(double parent, SeasonGroup[] bin, double variance)
    {
        if (bin.Length == 0)
            return parent;
        double effect = bin.Average(group => group.Mean) - parent;
        return effect == 0 ? parent : parent + effect * Math.Max(0, 1 - Doubt * variance / bin.Length / (effect * effect));
    }
}
