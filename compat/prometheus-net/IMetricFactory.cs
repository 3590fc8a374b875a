namespace Prometheus;

/// <summary>Creates metrics in a registry. Asking again for the same name and label names gives the metric that exists.</summary>
public interface IMetricFactory
{
    Counter CreateCounter(string name, string help, CounterConfiguration? configuration = null);

    Gauge CreateGauge(string name, string help, GaugeConfiguration? configuration = null);

    Histogram CreateHistogram(string name, string help, HistogramConfiguration? configuration = null);

    Counter CreateCounter(string name, string help, string[] labelNames, CounterConfiguration? configuration = null);

    Gauge CreateGauge(string name, string help, string[] labelNames, GaugeConfiguration? configuration = null);

    Histogram CreateHistogram(string name, string help, string[] labelNames, HistogramConfiguration? configuration = null);

    /// <summary>A factory whose metrics carry these labels too.</summary>
    IMetricFactory WithLabels(IDictionary<string, string> labels);
}
