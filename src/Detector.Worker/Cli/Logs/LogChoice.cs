namespace Detector.Worker.Cli.Logs;

/// <summary>What the user said of the log lines in a file.</summary>
/// <param name="Bucket">Time that a sample counts over; null for one that fits the file.</param>
internal sealed record LogChoice(string? Layout, string? Session, TimeSpan? Bucket);
