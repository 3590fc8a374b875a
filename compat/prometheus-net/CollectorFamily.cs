namespace Prometheus;

/// <summary>The collectors that share a name: of one kind, told apart by their label names and static labels.</summary>
internal sealed class CollectorFamily(Type kind)
{
    private readonly List<Collector> _collectors = [];
    private readonly Lock _lock = new();

    public Type Kind { get; } = kind;

    public Collector[] Collectors
    {
        get
        {
            lock (_lock) return [.. _collectors];
        }
    }

    public Collector GetOrAdd(string[] labelNames, StaticLabels staticLabels, Func<Collector> create)
    {
        lock (_lock)
        {
            foreach (var collector in _collectors)
            {
                if (collector.LabelNames.AsSpan().SequenceEqual(labelNames) && collector.StaticLabels.SameAs(staticLabels)) return collector;
            }

            var created = create();
            _collectors.Add(created);
            return created;
        }
    }
}
