namespace Detector.Worker.Contracts;

/// <summary>What stands behind a feature that was made of log lines. Escaped: nothing in it but text.</summary>
/// <param name="Template">The kind of line, or whose lines; null when the feature is of no one kind.</param>
/// <param name="Examples">Lines, the latest last.</param>
public sealed record FeatureNote(string? Template, IReadOnlyList<string> Examples);
