namespace Prometheus;

/// <summary>Counts observations by bucket, with their sum.</summary>
public sealed partial class Histogram : Collector<Histogram.Child>, IHistogram
{
    private static readonly double[] DefaultBuckets = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    // Increasing upper bounds; the last is +Inf.
    private readonly double[] _bounds;

    internal Histogram(string name, string help, string[] labelNames, StaticLabels staticLabels, HistogramConfiguration? configuration)
        : base(name, help, labelNames, staticLabels, configuration)
    {
        if (labelNames.Contains("le"))
            throw new ArgumentException($"Label name 'le' of histogram '{name}' is taken: it carries the upper bound of each bucket.");

        var bounds = configuration?.Buckets ?? DefaultBuckets;
        if (bounds.Length == 0) throw new ArgumentException($"Histogram '{name}' has no buckets; give at least one upper bound.");

        _bounds = double.IsPositiveInfinity(bounds[^1]) ? [.. bounds] : [.. bounds, double.PositiveInfinity];
        for (var i = 1; i < _bounds.Length; i++)
        {
            if (_bounds[i] <= _bounds[i - 1])
                throw new ArgumentException($"Bucket bounds of histogram '{name}' must increase, but {_bounds[i - 1]} is followed by {_bounds[i]}.");
        }
    }

    public double Sum => Unlabelled.Sum;

    public long Count => Unlabelled.Count;

    internal override MetricType Type => MetricType.Histogram;

    // Every bucket is a series, and so are sum and count.
    internal override int TimeseriesCount => ChildCount * (_bounds.Length + 2);

    public void Observe(double val) => Unlabelled.Observe(val, 1);

    public void Observe(double val, long count) => Unlabelled.Observe(val, count);

    public void Publish() => Unlabelled.Publish();

    public void Unpublish() => Unlabelled.Unpublish();

    private protected override Child NewChild(string[] labelValues, bool publish) => new(this, labelValues, publish);

    /// <summary>One set of buckets of a histogram.</summary>
    public sealed class Child : ChildBase, IHistogram
    {
        private readonly double[] _bounds;
        private readonly long[] _counts;
        private AtomicDouble _sum;

        internal Child(Histogram parent, string[] labelValues, bool publish)
            : base(parent, labelValues, publish)
        {
            _bounds = parent._bounds;
            _counts = new long[_bounds.Length];
        }

        public double Sum => _sum.Value;

        public long Count
        {
            get
            {
                long count = 0;
                for (var i = 0; i < _counts.Length; i++) count += Volatile.Read(ref _counts[i]);
                return count;
            }
        }

        public void Observe(double val) => Observe(val, 1);

        /// <summary>Takes <paramref name="count"/> observations of the same value at once; NaN is ignored.</summary>
        public void Observe(double val, long count)
        {
            if (double.IsNaN(val)) return;

            var bucket = 0;
            while (val > _bounds[bucket]) bucket++;
            Interlocked.Add(ref _counts[bucket], count);
            _sum.Add(val * count);
            Publish();
        }

        internal override void WriteTo(TextExposition text)
        {
            // Taken once, so that count and the last bucket agree while others observe.
            var cumulative = new long[_counts.Length];
            long total = 0;
            for (var i = 0; i < cumulative.Length; i++) cumulative[i] = total += Volatile.Read(ref _counts[i]);

            text.Point(Name, "_sum"u8, LabelBytes, Sum);
            text.Point(Name, "_count"u8, LabelBytes, total);
            for (var i = 0; i < cumulative.Length; i++) text.Bucket(Name, LabelBytes, _bounds[i], cumulative[i]);
        }
    }
}
