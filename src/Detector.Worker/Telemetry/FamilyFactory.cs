using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>Creates families of metrics and can make all of them forget what a label named: a scrape shows nothing of what is no longer configured.</summary>
internal sealed class FamilyFactory(MetricFactory factory)
{
    private readonly List<Action<string, string>> _forget = [];

    public Counter CreateCounter(string name, string help, string[] labels) => Keep<Counter, Counter.Child>(factory.CreateCounter(name, help, labels));

    public Gauge CreateGauge(string name, string help, string[] labels) => Keep<Gauge, Gauge.Child>(factory.CreateGauge(name, help, labels));

    /// <summary>A gauge that is absent until it is first set: a zero would claim a measurement.</summary>
    public Gauge CreateUnsetGauge(string name, string help, params string[] labels) =>
        Keep<Gauge, Gauge.Child>(factory.CreateGauge(name, help, labels, new GaugeConfiguration { SuppressInitialValue = true }));

    public Histogram CreateHistogram(string name, string help, string[] labels, double[] buckets) =>
        Keep<Histogram, Histogram.Child>(factory.CreateHistogram(name, help, labels, new HistogramConfiguration { Buckets = buckets }));

    /// <summary>Removes, in every family that has the label, what has this value of it.</summary>
    public void Forget(string label, string value)
    {
        foreach (Action<string, string> forget in _forget)
            forget(label, value);
    }

    private TFamily Keep<TFamily, TChild>(TFamily family)
        where TFamily : Collector<TChild>
        where TChild : ChildBase
    {
        string[] names = family.LabelNames;
        _forget.Add((label, value) =>
        {
            if (Array.IndexOf(names, label) is >= 0 and var at)
            {
                foreach (string[] values in family.GetAllLabelValues().Where(values => values[at] == value).ToArray())
                    family.RemoveLabelled(values);
            }
        });
        return family;
    }
}
