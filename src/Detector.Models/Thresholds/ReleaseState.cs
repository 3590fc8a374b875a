namespace Detector.Models.Thresholds;

/// <summary>The highest score of the alarm that goes on, or of the last one.</summary>
/// <param name="Peak">The score, fading from <paramref name="Ticks"/> on.</param>
/// <param name="Ticks">UTC ticks of the latest anomalous row; 0 before the first.</param>
public readonly record struct ReleaseState(double Peak, long Ticks);
