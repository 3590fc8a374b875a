namespace Detector.Worker.Deciding;

/// <summary>What turns a score into a verdict.</summary>
public sealed class ThresholdOptions
{
    /// <summary>
    /// <c>dspot</c> (peaks over threshold, above a level that follows the scores), <c>spot</c> (the same without following), <c>conformal</c> (as few false alarms as
    /// the peaks seen can promise), <c>sigma</c> (mean + k standard deviations), <c>mad</c> (median + k median deviations), <c>quantile</c> or <c>static</c>.
    /// </summary>
    public string Method { get; set; } = "dspot";

    /// <summary>False alarms that are accepted: <c>N per series per hour|day|week|month</c>, or per a duration.</summary>
    public string FalseAlarms { get; set; } = "1 per series per week";

    /// <summary>The threshold itself (static).</summary>
    public double? Value { get; set; }

    /// <summary>Share of normal scores below the threshold (quantile).</summary>
    public double Quantile { get; set; } = 0.999;

    /// <summary>k (sigma, mad). Null: what the stated rate takes if scores are Gaussian.</summary>
    public double? Factor { get; set; }

    /// <summary>Time constant with which the level of normal scores is followed (dspot).</summary>
    public TimeSpan DriftMemory { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Scores that have stayed above the threshold for so long are the new normal (dspot).</summary>
    public TimeSpan NewNormal { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Share of an alarm's peak below which the alarm ends, though scores are still above the threshold; from 0 (never before they are below it) to
    /// below 1. Shortens alarms that linger after a big peak, and can hide a small fault right after a big one.
    /// </summary>
    public double Release { get; set; }
}
