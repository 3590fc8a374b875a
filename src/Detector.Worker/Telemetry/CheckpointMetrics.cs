using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>The metrics of snapshots. Thread-safe.</summary>
internal sealed class CheckpointMetrics
{
    private readonly Gauge _age;
    private readonly Histogram _duration;
    private readonly Gauge _bytes;
    private readonly Counter _failures;
    private long _savedTicks;

    internal CheckpointMetrics(MetricFactory factory)
    {
        _age = factory.CreateGauge("detector_checkpoint_age_seconds", "Time since state was saved last; 0 before the first time.");
        _duration = factory.CreateHistogram("detector_checkpoint_duration_seconds", "Time that writing a checkpoint took.",
            new HistogramConfiguration { Buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] });
        _bytes = factory.CreateGauge("detector_checkpoint_bytes", "Size of the latest checkpoint.");
        _failures = factory.CreateCounter("detector_checkpoint_failures_total", "Attempts to write state that the disk or broker refused.");
    }

    /// <summary>A checkpoint was written.</summary>
    public void Saved(DateTimeOffset now, TimeSpan took, long bytes)
    {
        Interlocked.Exchange(ref _savedTicks, now.UtcTicks);
        _duration.Observe(took.TotalSeconds);
        _bytes.Set(bytes);
    }

    /// <summary>An attempt failed.</summary>
    public void Failed() => _failures.Inc();

    /// <summary>Brings the age up to date.</summary>
    public void Look(DateTimeOffset now)
    {
        if (Interlocked.Read(ref _savedTicks) is > 0 and var saved)
            _age.Set(TimeSpan.FromTicks(now.UtcTicks - saved).TotalSeconds);
    }
}
