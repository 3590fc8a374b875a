using Detector.Worker.Telemetry;

namespace Detector.Worker.Web;

/// <summary>What the HTTP endpoint serves.</summary>
internal sealed record HttpServices(DetectorMetrics Metrics, IReadiness Readiness)
{
    /// <summary>What page and API show and change; null serves neither.</summary>
    public PageServices? Page { get; init; }

    /// <summary>Who reads the configuration again when asked; null where nobody does.</summary>
    public IReload? Reload { get; init; }
}
