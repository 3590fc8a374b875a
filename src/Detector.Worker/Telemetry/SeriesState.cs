namespace Detector.Worker.Telemetry;

/// <summary>Where a series stands, as <c>detector_series</c> counts it.</summary>
internal enum SeriesState
{
    Warming,
    Active,
    Stale,
    Evicted,
}
