using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>
/// Finds the samples of a training range that are unlike the rest, by their distance from the bulk of the rows (<see cref="RobustDistance"/>). At most the
/// stated share is, and of a range without such samples next to nothing. No network judges: one that has learned from what is to be found explains it.
/// </summary>
internal static class SelfCleaning
{
    /// <summary>How many times the distance of the upper quartile a row lies above the median, in logarithms, when it is unlike the rest. In
    /// four Gaussian features one value is then six standard deviations off. With 3, rare states of servers went too; with 7, some events stayed.</summary>
    private const double Reach = 5;

    /// <summary>Rows on either side that have a say in whether a row is unlike the rest: a peak of a row or two is no event that spoils what is learned.</summary>
    private const int Neighbours = 2;

    private const int MaxRanges = 100;

    /// <summary>Finds the times at which samples are unlike the rest.</summary>
    /// <param name="windows">Scaled; left as they are.</param>
    /// <param name="contamination">Share of the time that may be anomalous.</param>
    public static SuspiciousTimes Find(TrainingWindows windows, double contamination)
    {
        RowSequence rows = RowSequence.Of(windows);
        double[] distances = RobustDistance.Of(rows.Values, rows.Segments, windows.Training.Dimensions.Features, contamination, Neighbours);
        double[] sorted = Quantiles.Sorted(distances);
        double median = Quantiles.OfSorted(sorted, 0.5), quartile = Quantiles.OfSorted(sorted, 0.75);
        double limit = Math.Max(median + Reach * (quartile - median), Quantiles.OfSorted(sorted, 1 - contamination));

        var suspicious = new SuspiciousTimes(windows.RowTicks, distances.Length);
        for (int row = 0; row < distances.Length; row++)
        {
            if (distances[row] > limit)
                suspicious.Add(rows.Segments[row], rows.Ticks[row]);
        }

        return suspicious;
    }

    /// <summary>Takes what was found out of windows, which may be scaled anew since.</summary>
    /// <param name="windows">Changed in place.</param>
    /// <param name="suspicious">What was found.</param>
    /// <param name="contamination">Share of the time that was allowed to be anomalous.</param>
    /// <exception cref="TrainingException">Too few windows are left.</exception>
    public static CleaningReport TakeOut(TrainingWindows windows, SuspiciousTimes suspicious, double contamination)
    {
        IReadOnlyList<ExcludedRange> ranges = suspicious.Ranges();
        int removed = suspicious.Count == 0 ? 0 : windows.Training.Blank(suspicious) + windows.Validation.Blank(suspicious);
        windows.CheckCleaned();
        return new CleaningReport(
            contamination, (double)suspicious.Count / suspicious.Of, removed,
            ranges.Count <= MaxRanges ? ranges : [.. ranges.OrderByDescending(range => range.Samples).Take(MaxRanges).OrderBy(range => range.From)]);
    }
}
