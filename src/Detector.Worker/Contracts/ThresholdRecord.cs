namespace Detector.Worker.Contracts;

/// <summary>A threshold that came into force.</summary>
/// <param name="At">Event time from which it holds.</param>
/// <param name="Method">Name of the threshold method.</param>
/// <param name="StatedPerDay">False alarms per series and day it was set for.</param>
public readonly record struct ThresholdRecord(
    string Pipeline, string Series, DateTimeOffset At, string Method, double Threshold, double StatedPerDay, string ModelVersion);
