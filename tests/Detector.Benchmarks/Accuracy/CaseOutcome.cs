using Detector.Models.Thresholds;

namespace Detector.Benchmarks.Accuracy;

/// <summary>A case that was run.</summary>
/// <param name="StatedPerDay">False alarms that were stated.</param>
/// <param name="Threshold">The threshold that training gave; null when training failed.</param>
internal sealed record CaseOutcome(
    AccuracyCase Case, IReadOnlyList<ScoredTest> Tests, double StatedPerDay, ThresholdState? Threshold, double TrainSeconds, double ScoreSeconds);
