using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>The metrics of one stage. Thread-safe; allocates nothing.</summary>
internal sealed class StageMetrics
{
    private readonly Histogram.Child _duration;
    private readonly Gauge.Child _queueLength;
    private readonly Gauge.Child _queueCapacity;

    internal StageMetrics(DetectorMetrics.StageFamilies families, string stage)
    {
        _duration = families.Duration.WithLabels(stage);
        _queueLength = families.QueueLength.WithLabels(stage);
        _queueCapacity = families.QueueCapacity.WithLabels(stage);
    }

    /// <summary>One step took this long.</summary>
    public void Duration(TimeSpan duration) => _duration.Observe(duration.TotalSeconds);

    /// <summary>Items waiting before the stage.</summary>
    public void QueueLength(int items) => _queueLength.Set(items);

    /// <summary>Items that may wait before the stage.</summary>
    public void QueueCapacity(int items) => _queueCapacity.Set(items);
}
