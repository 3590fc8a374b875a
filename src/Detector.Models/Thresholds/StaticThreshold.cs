namespace Detector.Models.Thresholds;

/// <summary>A number the user gave; the fit only tells what rate to expect of it.</summary>
internal sealed class StaticThreshold(ThresholdOptions options, ThresholdState? state = null) : EpisodeThreshold(ThresholdFactory.Static, options, state)
{
    protected override double Choose(CalibrationScores scores, EpisodeModel episodes) => Options.StaticValue!.Value;

    protected override double Rechoose(EpisodeModel episodes) => Options.StaticValue!.Value;

    protected override bool SaysTheSame(ThresholdOptions before) => before.StaticValue == Options.StaticValue;

    protected override string Subject() => "as configured";
}
