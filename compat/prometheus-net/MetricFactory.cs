namespace Prometheus;

/// <inheritdoc cref="IMetricFactory"/>
public sealed class MetricFactory : IMetricFactory
{
    private readonly CollectorRegistry _registry;
    private readonly StaticLabels _labels;

    internal MetricFactory(CollectorRegistry registry, StaticLabels? labels = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
        _labels = labels ?? StaticLabels.None;
    }

    public Counter CreateCounter(string name, string help, CounterConfiguration? configuration = null) =>
        CreateCounter(name, help, configuration?.LabelNames ?? [], configuration);

    public Gauge CreateGauge(string name, string help, GaugeConfiguration? configuration = null) =>
        CreateGauge(name, help, configuration?.LabelNames ?? [], configuration);

    public Histogram CreateHistogram(string name, string help, HistogramConfiguration? configuration = null) =>
        CreateHistogram(name, help, configuration?.LabelNames ?? [], configuration);

    public Counter CreateCounter(string name, string help, params string[] labelNames) => CreateCounter(name, help, labelNames, null);

    public Gauge CreateGauge(string name, string help, params string[] labelNames) => CreateGauge(name, help, labelNames, null);

    public Histogram CreateHistogram(string name, string help, params string[] labelNames) => CreateHistogram(name, help, labelNames, null);

    public Counter CreateCounter(string name, string help, string[] labelNames, CounterConfiguration? configuration = null) =>
        Create(name, labelNames, labels => new Counter(name, help, labelNames, labels, configuration));

    public Gauge CreateGauge(string name, string help, string[] labelNames, GaugeConfiguration? configuration = null) =>
        Create(name, labelNames, labels => new Gauge(name, help, labelNames, labels, configuration));

    public Histogram CreateHistogram(string name, string help, string[] labelNames, HistogramConfiguration? configuration = null) =>
        Create(name, labelNames, labels => new Histogram(name, help, labelNames, labels, configuration));

    public IMetricFactory WithLabels(IDictionary<string, string> labels) =>
        labels.Count == 0 ? this : new MetricFactory(_registry, StaticLabels.From(labels).Then(_labels));

    private T Create<T>(string name, string[] labelNames, Func<StaticLabels, T> create)
        where T : Collector
    {
        Collector.RefuseNulls(labelNames);
        var staticLabels = _labels.Then(_registry.Labels);
        return _registry.GetOrAdd<T>(name, labelNames, staticLabels, () => create(staticLabels));
    }
}
