using Detector.Worker.Telemetry;

namespace Detector.Worker.Web;

/// <summary>What the HTTP endpoint serves.</summary>
internal sealed record HttpServices(DetectorMetrics Metrics, IReadiness Readiness);
