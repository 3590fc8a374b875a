namespace Prometheus;

/// <summary>Counts what has happened since the process started.</summary>
public sealed class Counter : Collector<Counter.Child>, ICounter
{
    internal Counter(string name, string help, string[] labelNames, StaticLabels staticLabels, MetricConfiguration? configuration)
        : base(name, help, labelNames, staticLabels, configuration)
    {
    }

    public double Value => Unlabelled.Value;

    internal override MetricType Type => MetricType.Counter;

    internal override int TimeseriesCount => ChildCount;

    public void Inc(double increment = 1.0) => Unlabelled.Inc(increment);

    public void IncTo(double targetValue) => Unlabelled.IncTo(targetValue);

    public void Publish() => Unlabelled.Publish();

    public void Unpublish() => Unlabelled.Unpublish();

    private protected override Child NewChild(string[] labelValues, bool publish) => new(this, labelValues, publish);

    /// <summary>One series of a counter.</summary>
    public sealed class Child : ChildBase, ICounter
    {
        private AtomicDouble _value;

        internal Child(Collector parent, string[] labelValues, bool publish)
            : base(parent, labelValues, publish)
        {
        }

        public double Value => _value.Value;

        public void Inc(double increment = 1.0)
        {
            if (increment < 0) throw new ArgumentOutOfRangeException(nameof(increment), increment, "A counter never falls; use a gauge for what does.");
            _value.Add(increment);
            Publish();
        }

        public void IncTo(double targetValue)
        {
            _value.RaiseTo(targetValue);
            Publish();
        }

        internal override void WriteTo(TextExposition text) => text.Point(Name, default, LabelBytes, Value);
    }
}
