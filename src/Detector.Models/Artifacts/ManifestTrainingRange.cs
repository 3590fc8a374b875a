namespace Detector.Models.Artifacts;

/// <summary>The data a model was trained on.</summary>
/// <param name="From">Time of the first row.</param>
/// <param name="To">Time of the last row.</param>
/// <param name="Rows">Rows used.</param>
public sealed record ManifestTrainingRange(DateTimeOffset From, DateTimeOffset To, long Rows);
