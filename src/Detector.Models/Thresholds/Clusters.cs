using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Exceedances of a level in calibration scores, merged into clusters.</summary>
/// <param name="Peaks">Highest score of each cluster, in order of time.</param>
/// <param name="Ends">Observed ticks at which each cluster ended.</param>
/// <param name="CoveredRows">Rows from the first to the last exceedance of every cluster.</param>
internal sealed record Clusters(List<double> Peaks, List<long> Ends, int CoveredRows)
{
    /// <summary>A cluster that lasts longer than this many gaps is cut: otherwise a lasting shift would be one endless cluster that nobody learns from.</summary>
    public const int MaxGaps = 24;

    public static Clusters Of(CalibrationScores calibration, double level, long gap)
    {
        var result = new Clusters([], [], 0);
        var covered = 0;
        int first = -1, last = -1;
        var peak = 0.0;
        for (var i = 0; i <= calibration.Count; i++)
        {
            if (first >= 0 && (i == calibration.Count || calibration.Starts[i] || calibration.Ticks[i] - calibration.Ticks[last] > gap
                || calibration.Ticks[i] - calibration.Ticks[first] > MaxGaps * gap))
            {
                result.Peaks.Add(peak);
                result.Ends.Add(calibration.Clock[last]);
                covered += last - first + 1;
                first = -1;
            }

            if (i == calibration.Count || calibration.Scores[i] <= level)
                continue;
            peak = first < 0 ? calibration.Scores[i] : Math.Max(peak, calibration.Scores[i]);
            first = first < 0 ? i : first;
            last = i;
        }

        return result with { CoveredRows = covered };
    }

    /// <summary>The level above which peaks are no normal operation: higher than an exponential tail with the peaks' median would reach in 10,000
    /// blocks like this one. Infinite if more than a tenth of the peaks are that high: then they are how this series behaves.</summary>
    /// <param name="peaks">Ascending.</param>
    public static double PlausibleUpTo(ReadOnlySpan<double> peaks, double level)
    {
        if (peaks.IsEmpty)
            return double.PositiveInfinity;
        var limit = Reach(peaks, level, 10_000.0 * peaks.Length);
        var above = peaks.Length;
        while (above > 0 && peaks[above - 1] > limit)
            above--;
        return peaks.Length - above <= Math.Max(1, peaks.Length / 10) ? limit : double.PositiveInfinity;
    }

    /// <summary>What the highest of so many peaks would be in an exponential tail with the median of these.</summary>
    /// <param name="peaks">At least one, each above the level, ascending.</param>
    public static double Reach(ReadOnlySpan<double> peaks, double level, double count) =>
        level + (Quantiles.OfSorted(peaks, 0.5) - level) / Math.Log(2) * Math.Log(count);

    /// <summary>The clusters whose peak is at most <paramref name="limit"/>.</summary>
    public Clusters UpTo(double limit)
    {
        var kept = Enumerable.Range(0, Peaks.Count).Where(i => Peaks[i] <= limit).ToArray();
        return new Clusters([.. kept.Select(i => Peaks[i])], [.. kept.Select(i => Ends[i])], CoveredRows);
    }
}
