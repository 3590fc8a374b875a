namespace Detector.Models.Thresholds;

/// <summary>Peaks over threshold on declustered peaks: follows the stated rate of false alarms and keeps learning (Siffer et al. 2017). <c>spot</c>
/// takes scores as they are, <c>dspot</c> as they are above their own drifting level.</summary>
internal sealed class SpotThreshold(string method, ThresholdOptions options, ThresholdState? state = null)
    : EpisodeThreshold(method, options, state, follows: method == ThresholdFactory.DriftingSpot)
{
    protected override double Choose(CalibrationScores scores, EpisodeModel episodes) => episodes.LevelFor(Options.FalseAlarms.PerDay);

    protected override double Rechoose(EpisodeModel episodes) => episodes.LevelFor(Options.FalseAlarms.PerDay);

    protected override bool SaysTheSame(ThresholdOptions before) => before.FalseAlarms.PerDay == Options.FalseAlarms.PerDay;

    protected override double Stated(EpisodeModel episodes, double value) => Options.FalseAlarms.PerDay;

    protected override double Follow(double value, EpisodeModel episodes) => episodes.LevelFor(Options.FalseAlarms.PerDay);

    protected override string Subject() => Options.FalseAlarms.ToString();
}
