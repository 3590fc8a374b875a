using Detector.Worker.Telemetry;

namespace Detector.Worker.Hosting;

/// <summary>What the service takes from its surroundings.</summary>
/// <param name="Metrics">Where figures are counted; its registry is served at /metrics.</param>
internal sealed record ServiceContext(ILoggerFactory Loggers, DetectorMetrics Metrics, TimeProvider Clock)
{
    public ILogger Log { get; } = Loggers.CreateLogger("Detector");
}
