namespace Detector.Worker.Telemetry;

/// <summary>Where a series stands, as <c>detector_series</c> counts it.</summary>
internal enum SeriesPhase
{
    Warming,
    Active,
    Stale,
    Evicted,
}
