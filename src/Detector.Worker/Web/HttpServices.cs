using Detector.Worker.Telemetry;

namespace Detector.Worker.Web;

/// <summary>What the HTTP endpoint serves.</summary>
internal sealed record HttpServices(DetectorMetrics Metrics, IReadiness Readiness)
{
    /// <summary>Who reads the configuration again when asked; null where nobody does.</summary>
    public IReload? Reload { get; init; }
}
