using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>The metrics of one sink. Thread-safe.</summary>
internal sealed class SinkMetrics(Counter publishErrors, string sink)
{
    /// <summary>A record could not be delivered.</summary>
    /// <param name="reason">From a small fixed set, in snake case, such as <c>transient</c> or <c>too_large</c>: it is a label value.</param>
    public void PublishError(string reason) => publishErrors.WithLabels(sink, reason).Inc();
}
