using System.Text.Unicode;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Sparkplug;

// From metrics to samples: those of one time belong together.
internal sealed partial class SparkplugDecoder
{
    private static readonly Comparison<Entry> s_byTime = static (left, right) =>
        left.Ticks != right.Ticks ? left.Ticks.CompareTo(right.Ticks) : left.Metric.CompareTo(right.Metric);

    private Entry[] _entries = new Entry[64];
    private int _count;

    /// <summary>Finds name, type and time of each metric that is a feature. Those without an own fault are counted with their sample.</summary>
    private void Gather(BirthCertificate birth)
    {
        _count = 0;
        bool unknown = false;
        bool timeless = false;
        bool sorted = true;
        ReadOnlySpan<Metric> metrics = _payload.Metrics;
        for (int i = 0; i < metrics.Length; i++)
        {
            ref readonly Metric metric = ref metrics[i];
            if (!TryIdentify(metric, birth, out BornMetric? born))
            {
                unknown = true;
                continue;
            }

            MetricType type = metric.Type != MetricType.Unknown ? metric.Type : born?.Type ?? MetricType.Unknown;
            ReadOnlySpan<byte> name = Name(metric, born);
            if (type > MetricType.Boolean || IsControl(name) || !_filter.Takes(name, name))
                continue;
            long ticks = Ticks(metric);
            timeless |= ticks == 0;
            if (ticks == 0)
                continue;
            sorted &= _count == 0 || _entries[_count - 1].Ticks <= ticks;
            Add(new Entry(ticks, i, born, type));
        }

        if (!sorted)
            _entries.AsSpan(0, _count).Sort(s_byTime);
        if (unknown)
            _tally.Count(DropReason.UnknownAlias);
        if (timeless)
            _tally.Count(DropReason.MissingTimestamp);
    }

    private void EmitSamples(ReadOnlySpan<byte> series, ISampleSink sink)
    {
        for (int start = 0; start < _count;)
        {
            long ticks = _entries[start].Ticks;
            _sample.Begin(series);
            _sample.Ticks = ticks;
            int end = start;
            for (; end < _count && _entries[end].Ticks == ticks; end++)
                AddValue(_entries[end]);
            start = end;

            DropReason reason = SampleChecks.Time(ticks, _limits.EarliestTicks, _latest);
            reason = reason != DropReason.None ? reason : SampleChecks.Values(_sample);
            if (reason == DropReason.None)
                sink.Accept(_sample);
            _tally.Count(reason);
        }
    }

    private void AddValue(in Entry entry)
    {
        ref readonly Metric metric = ref _payload.Metrics[entry.Metric];
        ReadOnlySpan<byte> name = Name(metric, entry.Born);
        if (metric.IsNull || metric.Wire == WireValue.None)
            _sample.AddMissing(name);
        else if (metric.Number(entry.Type) is { } value)
            _sample.Add(name, value);
        else
            _sample.AddWrongType(name);
    }

    /// <summary>Whether it is known which metric this is.</summary>
    /// <param name="born">What its birth says of it; null when it has a name and no birth was seen.</param>
    private static bool TryIdentify(in Metric metric, BirthCertificate birth, out BornMetric? born)
    {
        born = null;
        if (metric.Name is { IsEmpty: false } name)
        {
            birth.TryGet(name.Span, out born);
            return Utf8.IsValid(name.Span);
        }

        return metric.Alias is { } alias && birth.TryGet(alias, out born);
    }

    private static ReadOnlySpan<byte> Name(in Metric metric, BornMetric? born) => born is not null ? born.Name : metric.Name!.Span;

    /// <summary>Whether a name is one that Sparkplug keeps for itself: a counter of births, or a switch.</summary>
    private static bool IsControl(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("bdSeq"u8) || name.StartsWith("Node Control/"u8) || name.StartsWith("Device Control/"u8);

    /// <summary>The time of a metric: its own, its message's, or what the options say; 0 when there is none.</summary>
    private long Ticks(in Metric metric)
    {
        if (!_time.IsInside || (metric.Timestamp ?? _payload.Timestamp) is not { } milliseconds)
            return _messageTicks;
        const ulong Last = 253_402_300_799_999; // the end of the year 9999
        return DateTime.UnixEpoch.Ticks + ((long)Math.Min(milliseconds, Last) * TimeSpan.TicksPerMillisecond);
    }

    private void Add(in Entry entry)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        _entries[_count++] = entry;
    }

    /// <param name="Metric">Index of the metric in the payload.</param>
    private readonly record struct Entry(long Ticks, int Metric, BornMetric? Born, MetricType Type);
}
