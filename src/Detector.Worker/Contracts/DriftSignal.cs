namespace Detector.Worker.Contracts;

/// <summary>Something of a series that has drifted, as a review finds it.</summary>
/// <param name="Feature">The feature concerned most; null when it is the whole series.</param>
/// <param name="Value">The statistic: an index of population stability, a share of Page and Hinkley's limit, or standard deviations.</param>
/// <param name="Message">The reason in words.</param>
public readonly record struct DriftSignal(DriftReason Reason, string? Feature, double Value, string Message);
