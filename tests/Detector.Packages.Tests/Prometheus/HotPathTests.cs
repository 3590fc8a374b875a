using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class HotPathTests
{
    private const int Threads = 4;
    private const int Rounds = 50_000;

    private readonly MetricFactory _factory = Metrics.WithCustomRegistry(Metrics.NewCustomRegistry());

    [Fact]
    public void IncAndObserve_OnChildren_AllocateNothing()
    {
        var counter = _factory.CreateCounter("messages_total", "", "source").WithLabels("plant");
        var gauge = _factory.CreateGauge("lag", "", "source").WithLabels("plant");
        var histogram = _factory.CreateHistogram("duration_seconds", "", "stage").WithLabels("scoring");
        var plain = _factory.CreateCounter("plain_total", "");

        Assert.Equal(0, AllocatedBy(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Inc();
                counter.Inc(2);
                plain.Inc();
                gauge.Set(i);
                gauge.Dec();
                histogram.Observe(0.3);
                histogram.Observe(0.3, 2);
            }
        }));
    }

    [Fact]
    public void WithLabels_SpanOfKnownValues_AllocatesNothing()
    {
        var counter = _factory.CreateCounter("messages_total", "", "source", "reason");
        var values = new[] { "plant", "late" };
        Assert.Equal(0, AllocatedBy(() =>
        {
            for (var i = 0; i < 1_000; i++) counter.WithLabels(values.AsSpan()).Inc();
        }));
    }

    [Fact]
    public async Task IncAndObserve_FromManyThreads_LoseNothing()
    {
        var counter = _factory.CreateCounter("messages_total", "", "source");
        var gauge = _factory.CreateGauge("lag", "");
        var histogram = _factory.CreateHistogram("score", "", new HistogramConfiguration { Buckets = [1, 2, 3] });

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                counter.WithLabels(i % 2 == 0 ? "even" : "odd").Inc();
                gauge.Inc(thread % 2 == 0 ? 1 : -1);
                histogram.Observe(i % 4);
            }
        })));

        Assert.Equal(Threads * Rounds / 2, counter.WithLabels("even").Value);
        Assert.Equal(Threads * Rounds / 2, counter.WithLabels("odd").Value);
        Assert.Equal(0, gauge.Value);
        Assert.Equal(Threads * Rounds, histogram.Count);
        Assert.Equal(Threads * Rounds * 1.5, histogram.Sum);
    }

    [Fact]
    public async Task Export_WhileOthersAdd_Succeeds()
    {
        var registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(registry);
        using var stop = new CancellationTokenSource();
        var adding = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % 200)
            {
                factory.CreateCounter($"messages_{i}_total", "", "source").WithLabels($"s{i}").Inc();
                factory.CreateGauge("lag", "", "source").WithLabels($"s{i}").Set(i);
                factory.CreateGauge("lag", "", "source").RemoveLabelled($"s{i - 7}");
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++) await registry.TextAsync();
        await stop.CancelAsync();
        await adding;
    }

    private static long AllocatedBy(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
