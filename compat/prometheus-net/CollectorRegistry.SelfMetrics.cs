namespace Prometheus;

public sealed partial class CollectorRegistry
{
    private static readonly MetricType[] Types = Enum.GetValues<MetricType>();

    private Gauge? _familyGauge;
    private Gauge? _instanceGauge;
    private Gauge? _seriesGauge;

    /// <summary>Lets the registry count its own contents, under the names and help that the package uses.</summary>
    internal void StartSelfMetrics()
    {
        var factory = Metrics.WithCustomRegistry(this);
        _familyGauge = factory.CreateGauge("prometheus_net_metric_families", "Number of metric families currently registered.", ["metric_type"]);
        _instanceGauge = factory.CreateGauge("prometheus_net_metric_instances", "Number of metric instances currently registered across all metric families.", ["metric_type"]);
        _seriesGauge = factory.CreateGauge("prometheus_net_metric_timeseries", "Number of metric timeseries currently generated from all metric instances.", ["metric_type"]);
        factory.CreateCounter("prometheus_net_exemplars_recorded_total", "Number of exemplars that were accepted into in-memory storage in the prometheus-net SDK.");
        UpdateSelfMetrics([]);
    }

    private void UpdateSelfMetrics(CollectorFamily[] families)
    {
        if (_familyGauge is null || _instanceGauge is null || _seriesGauge is null) return;

        foreach (var type in Types)
        {
            var ofType = families.Select(f => f.Collectors.Where(c => c.Type == type).ToArray()).Where(f => f.Length > 0).ToArray();
            var name = TextExposition.TypeName(type);
            _familyGauge.WithLabels(name).Set(ofType.Length);
            _instanceGauge.WithLabels(name).Set(ofType.Sum(f => f.Sum(c => c.ChildCount)));
            _seriesGauge.WithLabels(name).Set(ofType.Sum(f => f.Sum(c => c.TimeseriesCount)));
        }
    }
}
