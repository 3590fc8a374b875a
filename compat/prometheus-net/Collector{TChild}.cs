using System.ComponentModel;

namespace Prometheus;

/// <summary>Holds the children of a metric, one for every combination of label values that was asked for.</summary>
public abstract class Collector<TChild> : Collector, ICollector<TChild>
    where TChild : ChildBase
{
    private readonly Dictionary<string[], TChild> _children = new(LabelValuesComparer.Instance);
    private readonly Lock _childrenLock = new();
    private readonly bool _suppressInitialValue;
    private volatile TChild? _unlabelled;

    internal Collector(string name, string help, string[] labelNames, StaticLabels staticLabels, MetricConfiguration? configuration)
        : base(name, help, labelNames, staticLabels) => _suppressInitialValue = configuration?.SuppressInitialValue ?? false;

    /// <summary>The child without labels; it exists only once asked for, unless the metric has no labels at all.</summary>
    protected internal TChild Unlabelled => _unlabelled ?? CreateUnlabelled();

    TChild ICollector<TChild>.Unlabelled => Unlabelled;

    internal override int ChildCount
    {
        get
        {
            lock (_childrenLock) return _children.Count;
        }
    }

    /// <summary>The older name of <see cref="WithLabels(string[])"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TChild Labels(params string[] labelValues) => WithLabels(labelValues);

    /// <exception cref="ArgumentException">The number of values is not the number of label names.</exception>
    /// <exception cref="NotSupportedException">A value is null.</exception>
    public TChild WithLabels(params string[] labelValues)
    {
        ArgumentNullException.ThrowIfNull(labelValues);
        return WithLabels(labelValues.AsSpan());
    }

    /// <inheritdoc cref="WithLabels(string[])"/>
    public TChild WithLabels(ReadOnlyMemory<string> labelValues) => WithLabels(labelValues.Span);

    /// <summary>Finds a child that exists without allocating.</summary>
    /// <inheritdoc cref="WithLabels(string[])"/>
    public TChild WithLabels(ReadOnlySpan<string> labelValues)
    {
        Require(labelValues);
        return GetOrAdd(labelValues);
    }

    /// <summary>Forgets the child with these label values; it is no longer exported, and its value is lost.</summary>
    public void RemoveLabelled(params string[] labelValues)
    {
        ArgumentNullException.ThrowIfNull(labelValues);
        Require(labelValues);
        RemoveChild(labelValues);
    }

    /// <summary>The label values of all children, without the unlabelled one and without static labels.</summary>
    public IEnumerable<string[]> GetAllLabelValues()
    {
        string[][] keys;
        lock (_childrenLock) keys = [.. _children.Keys];
        foreach (var values in keys)
        {
            if (values.Length > 0) yield return [.. values];
        }
    }

    internal override void RemoveChild(ReadOnlySpan<string> labelValues)
    {
        lock (_childrenLock)
        {
            _children.GetAlternateLookup<ReadOnlySpan<string>>().Remove(labelValues);
            if (labelValues.IsEmpty) _unlabelled = null;
        }
    }

    internal override void WriteTo(TextExposition text, bool withDeclaration)
    {
        if (LabelNames.Length == 0) _ = Unlabelled;
        if (withDeclaration) text.Declare(Name, Help, Type);

        TChild[] children;
        lock (_childrenLock) children = [.. _children.Values];
        foreach (var child in children)
        {
            if (child.IsPublished) child.WriteTo(text);
        }
    }

    private protected abstract TChild NewChild(string[] labelValues, bool publish);

    private void Require(ReadOnlySpan<string> labelValues)
    {
        RefuseNulls(labelValues);
        if (labelValues.Length != LabelNames.Length)
            throw new ArgumentException($"Metric '{Name}' has {LabelNames.Length} label names but was given {labelValues.Length} label values.");
    }

    private TChild GetOrAdd(ReadOnlySpan<string> labelValues)
    {
        lock (_childrenLock)
        {
            var lookup = _children.GetAlternateLookup<ReadOnlySpan<string>>();
            if (!lookup.TryGetValue(labelValues, out var child))
            {
                var values = labelValues.ToArray();
                child = NewChild(values, publish: !_suppressInitialValue);
                _children.Add(values, child);
            }

            return child;
        }
    }

    private TChild CreateUnlabelled()
    {
        lock (_childrenLock) return _unlabelled ??= GetOrAdd([]);
    }
}
