using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>The registry of a process: the daemon's metrics, and those of the process and its runtime.</summary>
internal static class ProcessMetrics
{
    public static CollectorRegistry NewRegistry()
    {
        CollectorRegistry registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        return registry;
    }
}
