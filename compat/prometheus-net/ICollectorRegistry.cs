namespace Prometheus;

/// <summary>What <see cref="CollectorRegistry"/> offers, for tests that put their own in its place.</summary>
public interface ICollectorRegistry
{
    void AddBeforeCollectCallback(Action callback);

    void AddBeforeCollectCallback(Func<CancellationToken, Task> callback);

    IEnumerable<KeyValuePair<string, string>> StaticLabels { get; }

    void SetStaticLabels(IDictionary<string, string> labels);

    Task CollectAndExportAsTextAsync(Stream to, ExpositionFormat format = ExpositionFormat.PrometheusText, CancellationToken cancel = default);
}
