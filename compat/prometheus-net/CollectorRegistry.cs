using System.Collections.Concurrent;
using System.Diagnostics;

namespace Prometheus;

/// <summary>A set of metrics that is exported together. Metrics are added and never taken out.</summary>
public sealed partial class CollectorRegistry : ICollectorRegistry
{
    private readonly ConcurrentBag<Action> _beforeCollect = [];
    private readonly ConcurrentBag<Func<CancellationToken, Task>> _beforeCollectAsync = [];
    private readonly Dictionary<string, CollectorFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private StaticLabels _staticLabels = Prometheus.StaticLabels.None;
    private Action? _beforeFirstCollect;
    private bool _collected;

    public IEnumerable<KeyValuePair<string, string>> StaticLabels => _staticLabels.Pairs();

    internal StaticLabels Labels => _staticLabels;

    /// <summary>Adds work to be done before each export. What it throws is traced and swallowed.</summary>
    public void AddBeforeCollectCallback(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _beforeCollect.Add(callback);
    }

    /// <inheritdoc cref="AddBeforeCollectCallback(Action)"/>
    public void AddBeforeCollectCallback(Func<CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _beforeCollectAsync.Add(callback);
    }

    /// <summary>Gives every metric of this registry these labels.</summary>
    /// <exception cref="InvalidOperationException">Labels were set before, or the registry is already in use.</exception>
    public void SetStaticLabels(IDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        lock (_lock)
        {
            if (_staticLabels.Names.Length != 0) throw new InvalidOperationException("The static labels of this registry are already set; they can be set once.");
            if (_families.Count != 0) throw new InvalidOperationException("The registry already has metrics; set its static labels before the first is created.");
            if (_collected) throw new InvalidOperationException("The registry was already exported; set its static labels before.");

            foreach (var (name, value) in labels)
            {
                if (value is null) throw new ArgumentException($"The static label '{name}' has no value; use an empty string for that.");
                Collector.RequireLabelName(name);
            }

            _staticLabels = Prometheus.StaticLabels.From(labels);
        }
    }

    public Task CollectAndExportAsTextAsync(Stream to, CancellationToken cancel = default) =>
        CollectAndExportAsTextAsync(to, ExpositionFormat.PrometheusText, cancel);

    public Task CollectAndExportAsTextAsync(Stream to, ExpositionFormat format, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        return WriteAsync(to, format, cancel);
    }

    /// <summary>The metrics as text; empty where there is nothing to say.</summary>
    internal async Task<ReadOnlyMemory<byte>> CollectAsync(ExpositionFormat format, CancellationToken cancel)
    {
        RunBeforeFirstCollect();
        foreach (var callback in _beforeCollect) Swallow(callback);
        await Task.WhenAll(_beforeCollectAsync.Select(callback => SwallowAsync(callback, cancel)));
        cancel.ThrowIfCancellationRequested();

        var families = Families();
        UpdateSelfMetrics(families);

        var text = new TextExposition(format);
        foreach (var family in families)
        {
            var first = true;
            foreach (var collector in family.Collectors)
            {
                collector.WriteTo(text, withDeclaration: first);
                first = false;
            }
        }

        text.End();
        return text.Written;
    }

    internal T GetOrAdd<T>(string name, string[] labelNames, StaticLabels staticLabels, Func<Collector> create)
        where T : Collector
    {
        CollectorFamily? family;
        lock (_lock)
        {
            if (!_families.TryGetValue(name, out family)) _families.Add(name, family = new CollectorFamily(typeof(T)));
        }

        if (family.Kind != typeof(T))
            throw new InvalidOperationException($"Metric '{name}' is already registered as a {family.Kind.Name.ToLowerInvariant()}; a {typeof(T).Name.ToLowerInvariant()} needs another name.");
        return (T)family.GetOrAdd(labelNames, staticLabels, create);
    }

    internal void SetBeforeFirstCollect(Action callback)
    {
        lock (_lock)
        {
            if (!_collected) _beforeFirstCollect = callback;
        }
    }

    private async Task WriteAsync(Stream to, ExpositionFormat format, CancellationToken cancel)
    {
        await to.WriteAsync(await CollectAsync(format, cancel), cancel);
        await to.FlushAsync(cancel);
    }

    private CollectorFamily[] Families()
    {
        lock (_lock) return [.. _families.Values];
    }

    private void RunBeforeFirstCollect()
    {
        // Under the lock, so that a second export at the same time waits for the metrics that the first one adds.
        lock (_lock)
        {
            _collected = true;
            var callback = _beforeFirstCollect;
            _beforeFirstCollect = null;
            callback?.Invoke();
        }
    }

    private static void Swallow(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception e)
        {
            Trace.WriteLine($"Work before the export of metrics failed: {e}");
        }
    }

    private static async Task SwallowAsync(Func<CancellationToken, Task> callback, CancellationToken cancel)
    {
        try
        {
            await callback(cancel);
        }
        catch (Exception e)
        {
            Trace.WriteLine($"Work before the export of metrics failed: {e}");
        }
    }
}
