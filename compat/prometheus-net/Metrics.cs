namespace Prometheus;

/// <summary>Creates metrics in the default registry, and registries besides it.</summary>
public static class Metrics
{
    static Metrics() => SuppressDefaultMetrics(new SuppressDefaultMetricOptions());

    public static CollectorRegistry DefaultRegistry { get; } = new();

    public static MetricFactory DefaultFactory { get; } = new(DefaultRegistry);

    public static CollectorRegistry NewCustomRegistry() => new();

    public static MetricFactory WithCustomRegistry(CollectorRegistry registry) => new(registry);

    public static IMetricFactory WithLabels(IDictionary<string, string> labels) => DefaultFactory.WithLabels(labels);

    /// <summary>Keeps the default registry to the program's own metrics. Has no effect once it was exported.</summary>
    public static void SuppressDefaultMetrics() => SuppressDefaultMetrics(SuppressDefaultMetricOptions.All);

    /// <summary>Chooses which metrics the default registry gets by itself. Has no effect once it was exported.</summary>
    public static void SuppressDefaultMetrics(SuppressDefaultMetricOptions options)
    {
        var chosen = options ?? SuppressDefaultMetricOptions.All;
        DefaultRegistry.SetBeforeFirstCollect(() => chosen.ApplyTo(DefaultRegistry));
    }

    public static Counter CreateCounter(string name, string help, CounterConfiguration? configuration = null) =>
        DefaultFactory.CreateCounter(name, help, configuration);

    public static Gauge CreateGauge(string name, string help, GaugeConfiguration? configuration = null) =>
        DefaultFactory.CreateGauge(name, help, configuration);

    public static Histogram CreateHistogram(string name, string help, HistogramConfiguration? configuration = null) =>
        DefaultFactory.CreateHistogram(name, help, configuration);

    public static Counter CreateCounter(string name, string help, string[] labelNames, CounterConfiguration? configuration = null) =>
        DefaultFactory.CreateCounter(name, help, labelNames, configuration);

    public static Gauge CreateGauge(string name, string help, string[] labelNames, GaugeConfiguration? configuration = null) =>
        DefaultFactory.CreateGauge(name, help, labelNames, configuration);

    public static Histogram CreateHistogram(string name, string help, string[] labelNames, HistogramConfiguration? configuration = null) =>
        DefaultFactory.CreateHistogram(name, help, labelNames, configuration);

    public static Counter CreateCounter(string name, string help, params string[] labelNames) => DefaultFactory.CreateCounter(name, help, labelNames);

    public static Gauge CreateGauge(string name, string help, params string[] labelNames) => DefaultFactory.CreateGauge(name, help, labelNames);

    public static Histogram CreateHistogram(string name, string help, params string[] labelNames) =>
        DefaultFactory.CreateHistogram(name, help, labelNames);
}
