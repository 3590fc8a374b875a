using Detector.Worker.Telemetry;
using Detector.Worker.Web;

namespace Detector.Worker.Hosting;

/// <summary>What the service takes from its surroundings.</summary>
/// <param name="Logs">Where log records go.</param>
/// <param name="Metrics">Where figures are counted; its registry is served at /metrics.</param>
internal sealed record ServiceContext(ILoggerProvider Logs, DetectorMetrics Metrics, TimeProvider Clock) : IDisposable
{
    /// <summary>Who reads the configuration again when the HTTP endpoint is asked to; null where nobody does.</summary>
    public IReload? Reload { get; init; }

    public ILoggerFactory Loggers { get; } =
        LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Logs));

    public ILogger Log => Loggers.CreateLogger("Detector");

    public void Dispose() => Loggers.Dispose();
}
