namespace Detector.Benchmarks.Accuracy;

/// <summary>A case that was run.</summary>
/// <param name="StatedPerDay">False alarms that were stated.</param>
internal sealed record CaseOutcome(
    AccuracyCase Case, IReadOnlyList<ScoredTest> Tests, double StatedPerDay, double TrainSeconds, double ScoreSeconds);
