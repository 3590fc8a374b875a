using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>
/// What a series has made of the threshold of one model, under another one that it shares with the same series. Scores are put from one scale on the other by
/// the base level and the standard deviation that the two were calibrated to; distributions and moments are those of the new calibration.
/// </summary>
public static class ThresholdTransfer
{
    /// <param name="own">The threshold of the series.</param>
    /// <param name="before">The one that it began with.</param>
    /// <param name="next">The one of the model that takes over.</param>
    /// <returns><paramref name="next"/> itself where the two have nothing in common: another method, or scores that did not vary.</returns>
    public static ThresholdState Carry(ThresholdState own, ThresholdState before, ThresholdState next)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(next);
        double ratio = next.Episodes.Moments.Deviation / before.Episodes.Moments.Deviation;
        if (own.Method != next.Method || own.Drift.HasValue != next.Drift.HasValue || !(ratio > 0) || !double.IsFinite(ratio))
            return next;
        double from = before.Episodes.Marginal.Base, to = next.Episodes.Marginal.Base;
        double Put(double score) => to + (score - from) * ratio;
        ThresholdState carried = next with { Value = Put(own.Value), StatedPerDay = own.StatedPerDay, Above = Put(own.Above), Episodes = Carry(own.Episodes, next.Episodes, ratio, Put) };
        return own.Drift is not { } drift ? carried : carried with
        {
            Drift = drift with { Level = Level(drift.Level), Recent = Level(drift.Recent) },
        };

        double Level(double score) => next.CalibratedLevel!.Value + (score - before.CalibratedLevel!.Value) * ratio;
    }

    private static EpisodeState Carry(EpisodeState own, EpisodeState next, double ratio, Func<double, double> put)
    {
        // Observed time is counted from the calibration.
        long shift = next.CalibrationEnd - own.CalibrationEnd;
        return next with
        {
            Tail = own.Tail is { } tail ? new PeakTail(Scale(tail.Near), Scale(tail.Far), tail.Join * ratio) : null,
            Clock = own.Clock + shift,
            WindowStart = own.WindowStart + shift,
            FittedAt = own.FittedAt + shift,
            Peaks = [.. own.Peaks.Select(put)],
            PeakClocks = [.. own.PeakClocks.Select(clock => clock + shift)],
            FlaggedPeaks = [.. own.FlaggedPeaks.Select(put)],
            FlaggedClocks = [.. own.FlaggedClocks.Select(clock => clock + shift)],
            NormalClusters = own.NormalClusters,
            LastTicks = own.LastTicks,
        };

        GeneralizedPareto Scale(GeneralizedPareto pareto) => pareto with { Scale = pareto.Scale * ratio };
    }
}
