namespace Prometheus;

/// <summary>Settings of a <see cref="Histogram"/>.</summary>
public sealed class HistogramConfiguration : MetricConfiguration
{
    /// <summary>Increasing upper bounds; +Inf is added where it is missing. Null takes 5 ms to 10 s, meant for durations in seconds.</summary>
    public double[]? Buckets { get; set; }
}
