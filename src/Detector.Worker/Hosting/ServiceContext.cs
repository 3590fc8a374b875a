using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Hosting;

/// <summary>What the service takes from its surroundings.</summary>
/// <param name="Metrics">Where figures are counted.</param>
/// <param name="Registry">The registry behind <paramref name="Metrics"/>, served at /metrics.</param>
internal sealed record ServiceContext(ILoggerFactory Loggers, DetectorMetrics Metrics, CollectorRegistry Registry, TimeProvider Clock)
{
    public ILogger Log { get; } = Loggers.CreateLogger("Detector");
}
