namespace Prometheus;

// Summaries are not offered here, but the registry's metrics about itself count them all the same.
internal enum MetricType
{
    Counter,
    Gauge,
    Summary,
    Histogram,
}
