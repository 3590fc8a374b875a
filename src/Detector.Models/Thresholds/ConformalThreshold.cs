namespace Detector.Models.Thresholds;

/// <summary>
/// Conformal p-values of cluster peaks: among n peaks of normal operation and one more, each is equally likely to be the highest, whatever their
/// distribution (Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005; Laxhammar and Falkman 2014 for anomalies in streams).
/// The k-th highest of n peaks is therefore exceeded by a share k/(n + 1) of the clusters to come. A rate below that of the highest peak cannot be
/// promised without saying something of the tail: then the highest peak is the threshold, and <see cref="IThreshold.StatedPerDay"/> what it gives.
/// </summary>
internal sealed class ConformalThreshold(ThresholdOptions options, ThresholdState? state = null) : EpisodeThreshold(ThresholdFactory.Conformal, options, state)
{
    protected override double Choose(CalibrationScores scores, EpisodeModel episodes) => Rechoose(episodes);

    protected override double Rechoose(EpisodeModel episodes)
    {
        if (episodes.Peaks.Count == 0)
            return episodes.LevelFor(Options.FalseAlarms.PerDay);
        double[] descending = [.. episodes.Peaks.OrderDescending()];
        return descending[Rank(episodes) - 1];
    }

    protected override bool SaysTheSame(ThresholdOptions before) => before.FalseAlarms.PerDay == Options.FalseAlarms.PerDay;

    protected override double Stated(EpisodeModel episodes, double value) => episodes.Peaks.Count == 0
        ? Options.FalseAlarms.PerDay
        : Math.Max(Options.FalseAlarms.PerDay, episodes.ClustersPerDay * Rank(episodes) / (episodes.Peaks.Count + 1));

    protected override double Follow(double value, EpisodeModel episodes) => Rechoose(episodes);

    protected override string Subject() => $"{Options.FalseAlarms}, or as few as the peaks seen so far can promise";

    /// <summary>k: so many of the peaks, the threshold's own among them, are at least as high as it; from 1.</summary>
    private int Rank(EpisodeModel episodes)
    {
        double share = Options.FalseAlarms.PerDay / Math.Max(episodes.ClustersPerDay, 1e-12);
        return (int)Math.Clamp(Math.Floor(share * (episodes.Peaks.Count + 1)), 1, episodes.Peaks.Count);
    }
}
