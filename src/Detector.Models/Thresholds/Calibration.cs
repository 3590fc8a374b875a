using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Chooses the base level and the gap at which the calibration scores fall into enough separate clusters.</summary>
/// <param name="BaseQuantile">Quantile of the base level.</param>
/// <param name="GapTicks">Gap that tells clusters apart.</param>
/// <param name="Clusters">The clusters over the base level.</param>
/// <param name="Fallback">none, base-quantile, cluster-gap or sparse.</param>
internal sealed record Calibration(double BaseQuantile, long GapTicks, Clusters Clusters, string Fallback)
{
    public const string None = "none";
    public const string OtherQuantile = "base-quantile";
    public const string ShorterGap = "cluster-gap";
    public const string Sparse = "sparse";

    /// <summary>Fewer clusters carry no tail.</summary>
    public const int LeastClusters = 10;

    private const int LeastRows = 200;
    private const double MaxCoverage = 0.3; // above, clusters have grown together and their rate says little about higher levels
    private const double MaxOccupancy = 0.2; // share of the time within a gap after a cluster: the chance that two independent ones are merged

    private static readonly double[] Higher = [0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995, 0.99998, 0.99999];
    private static readonly double[] Lower = [0.8, 0.7];

    public static Calibration Choose(CalibrationScores scores, double baseQuantile)
    {
        double[] ladder = [baseQuantile, .. Higher.Where(q => q > baseQuantile), .. Lower.Where(q => q < baseQuantile)];
        var asStated = Clusters.Of(scores, Quantiles.OfSorted(scores.Sorted, baseQuantile), scores.Gap);
        if (scores.Count >= LeastRows)
            foreach (var wanted in (ReadOnlySpan<int>)[PeakTail.Enough, LeastClusters])
                foreach (var gap in Gaps(scores))
                    foreach (var quantile in ladder)
                    {
                        var clusters = Clusters.Of(scores, Quantiles.OfSorted(scores.Sorted, quantile), gap);
                        if (clusters.Peaks.Count >= wanted && clusters.CoveredRows <= MaxCoverage * scores.Count
                            && clusters.Peaks.Count * (double)gap <= MaxOccupancy * scores.Clock[^1])
                            return new Calibration(quantile, gap, clusters, gap != scores.Gap ? ShorterGap : quantile != baseQuantile ? OtherQuantile : None);
                    }

        return new Calibration(baseQuantile, scores.Gap, asStated, Sparse);
    }

    // The rate of rare episodes hardly depends on the gap while the gap outlasts the dependence; a shorter one only counts more of them.
    private static IEnumerable<long> Gaps(CalibrationScores scores)
    {
        var shortest = (long)(Math.Max(2, 3 * scores.AutocorrelationTime) * scores.Period);
        yield return scores.Gap;
        for (var gap = scores.Gap / 2; gap >= shortest; gap /= 2)
            yield return gap;
    }
}
