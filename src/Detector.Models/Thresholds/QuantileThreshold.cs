using System.Globalization;
using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>A quantile of the calibration scores; stays where it was fitted.</summary>
internal sealed class QuantileThreshold(ThresholdOptions options, ThresholdState? state = null) : EpisodeThreshold(ThresholdFactory.Quantile, options, state)
{
    protected override double Choose(CalibrationScores scores, EpisodeModel episodes) => Quantiles.OfSorted(scores.Sorted, Options.Quantile);

    protected override double Rechoose(EpisodeModel episodes) => episodes.ScoreAt(1 - Options.Quantile);

    protected override bool SaysTheSame(ThresholdOptions before) => before.Quantile == Options.Quantile;

    protected override string Subject() => string.Create(CultureInfo.InvariantCulture, $"the {Options.Quantile} quantile of the calibration scores");
}
