namespace Detector.Models.Thresholds;

/// <summary>Peaks over threshold on declustered peaks: follows the stated rate of false alarms and keeps learning (Siffer et al. 2017).</summary>
internal sealed class SpotThreshold(ThresholdOptions options, ThresholdState? state = null) : EpisodeThreshold(ThresholdFactory.Spot, options, state)
{
    protected override double Choose(CalibrationScores scores, EpisodeModel episodes) => episodes.LevelFor(Options.FalseAlarms.PerDay);

    protected override double Rechoose(EpisodeModel episodes) => episodes.LevelFor(Options.FalseAlarms.PerDay);

    protected override bool SaysTheSame(ThresholdOptions before) => before.FalseAlarms.PerDay == Options.FalseAlarms.PerDay;

    protected override double Stated(EpisodeModel episodes, double value) => Options.FalseAlarms.PerDay;

    protected override double Follow(double value, EpisodeModel episodes) => episodes.LevelFor(Options.FalseAlarms.PerDay);

    protected override string Subject() => Options.FalseAlarms.ToString();
}
