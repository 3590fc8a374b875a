namespace Detector.Worker.Contracts;

/// <summary>Something about the data of a series that has begun or is over.</summary>
/// <param name="IsOver">False when it begins.</param>
/// <param name="StartedTicks">Event time since which it is so: of the last good sample, or of the first that repeats a value.</param>
/// <param name="Ticks">Event time at which it was found, or was over.</param>
/// <param name="Feature">The feature concerned; null when it is the whole series.</param>
/// <param name="Value">The value that is repeated; NaN where there is none.</param>
public readonly record struct QualitySignal(
    QualityReason Reason, bool IsOver, long StartedTicks, long Ticks, string? Feature = null, double Value = double.NaN);
