namespace Detector.Worker.Contracts;

/// <summary>The highest score of an episode so far.</summary>
public sealed record AlertPeak(DateTimeOffset At, double Score);
