namespace Detector.Models.Evaluation.Injection;

/// <summary>Normal rows with made-up anomalies in them.</summary>
/// <param name="Values">N × F raw values row by row, NaN where missing.</param>
/// <param name="Labels">(N) whether a row belongs to an event.</param>
/// <param name="Events">The events in order of time.</param>
public sealed record InjectedSeries(double[] Values, bool[] Labels, IReadOnlyList<InjectedEvent> Events);
