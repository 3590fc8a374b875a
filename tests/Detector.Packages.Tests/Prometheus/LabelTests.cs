using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class LabelTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Fact]
    public void WithLabels_SameValues_IsTheSameChild()
    {
        var counter = Factory.CreateCounter("dropped_total", "", "source", "reason");
        var child = counter.WithLabels("plant", "late");
        Assert.Same(child, counter.WithLabels("plant", "late"));
        Assert.Same(child, counter.WithLabels(new[] { "plant", "late" }.AsMemory()));
        Assert.Same(child, counter.WithLabels(new[] { "plant", "late" }.AsSpan()));
        Assert.NotSame(child, counter.WithLabels("late", "plant"));
        Assert.Same(counter.WithLabels("a", "b"), counter.Labels("a", "b"));
    }

    [Fact]
    public void WithLabels_WrongNumberOfValues_IsRefused()
    {
        var counter = Factory.CreateCounter("dropped_total", "", "source", "reason");
        Assert.Throws<ArgumentException>(() => counter.WithLabels("plant"));
        Assert.Throws<ArgumentException>(() => counter.WithLabels("plant", "late", "more"));
        Assert.Throws<ArgumentException>(() => counter.WithLabels());
        Assert.Throws<ArgumentException>(() => counter.RemoveLabelled("plant"));
    }

    [Fact]
    public void WithLabels_Null_IsRefused()
    {
        var counter = Factory.CreateCounter("dropped_total", "", "source");
        Assert.Throws<NotSupportedException>(() => counter.WithLabels([null!]));
        Assert.Throws<ArgumentNullException>(() => counter.WithLabels((string[])null!));
        Assert.Throws<ArgumentNullException>(() => counter.RemoveLabelled(null!));
        Assert.Throws<NotSupportedException>(() => Factory.CreateCounter("other_total", "", [null!], null));
    }

    [Fact]
    public async Task WithLabels_CallersArrayChangesLater_KeepsItsOwnValues()
    {
        var values = new[] { "plant" };
        var counter = Factory.CreateCounter("messages_total", "", "source");
        counter.WithLabels(values.AsSpan()).Inc();
        values[0] = "other";
        Assert.Equal(["messages_total{source=\"plant\"} 1"], await _registry.SeriesAsync());
    }

    [Fact]
    public async Task WithLabels_ChildrenInOrderOfCreation_AreExportedInThatOrder()
    {
        var counter = Factory.CreateCounter("messages_total", "", "source");
        foreach (var source in new[] { "z", "a", "m" }) counter.WithLabels(source).Inc();
        Assert.Equal(["messages_total{source=\"z\"} 1", "messages_total{source=\"a\"} 1", "messages_total{source=\"m\"} 1"], await _registry.SeriesAsync());
    }

    [Fact]
    public async Task RemoveLabelled_Child_IsForgotten()
    {
        var gauge = Factory.CreateGauge("lag", "", "source");
        var a = gauge.WithLabels("a");
        var b = gauge.WithLabels("b");
        var c = gauge.WithLabels("c");
        a.Set(1);
        gauge.RemoveLabelled("a");
        gauge.RemoveLabelled("never seen");
        b.Remove();
        c.Dispose();
        Assert.Empty(await _registry.SeriesAsync());
        Assert.Empty(gauge.GetAllLabelValues());

        a.Set(5);
        Assert.Equal(0, gauge.WithLabels("a").Value);
    }

    [Fact]
    public void GetAllLabelValues_Children_AreListedWithoutTheUnlabelled()
    {
        var gauge = Factory.CreateGauge("lag", "", "source", "kind");
        gauge.Set(1);
        gauge.WithLabels("a", "x");
        gauge.WithLabels("b", "y");
        Assert.Equal([["a", "x"], ["b", "y"]], gauge.GetAllLabelValues());
    }

    [Fact]
    public async Task Unlabelled_OnLabelledMetric_ExistsOnlyOnceUsed()
    {
        var gauge = Factory.CreateGauge("lag", "", "source");
        Assert.Empty(await _registry.SeriesAsync());
        gauge.Set(3);
        Assert.Equal(["lag 3"], await _registry.SeriesAsync());
    }

    [Fact]
    public async Task Unlabelled_Removed_StartsAgainAtZero()
    {
        var gauge = Factory.CreateGauge("lag", "");
        gauge.Set(3);
        gauge.RemoveLabelled();
        Assert.Equal(["lag 0"], await _registry.SeriesAsync());
        Assert.Same(gauge.WithLabels(), ((ICollector<Gauge.Child>)gauge).Unlabelled);
    }

    [Fact]
    public async Task LabelValues_SpecialCharacters_AreEscaped()
    {
        var gauge = Factory.CreateGauge("lag", "", "path", "word");
        gauge.WithLabels("C:\\x\n\"y\"\t{,}", "größe 泵").Set(1);
        Assert.Equal(["lag{path=\"C:\\\\x\\n\\\"y\\\"\t{,}\",word=\"größe 泵\"} 1"], await _registry.SeriesAsync());
    }

    [Fact]
    public async Task StaticLabels_OfRegistryAndFactory_FollowTheSeriesOwn()
    {
        _registry.SetStaticLabels(new Dictionary<string, string> { ["site"] = "north" });
        var factory = Factory.WithLabels(new Dictionary<string, string> { ["line"] = "7" }).WithLabels(new Dictionary<string, string> { ["cell"] = "2" });
        factory.CreateCounter("messages_total", "", ["source"]).WithLabels("plant").Inc();
        factory.CreateGauge("lag", "").Set(2);

        Assert.Equal(["messages_total{source=\"plant\",cell=\"2\",line=\"7\",site=\"north\"} 1", "lag{cell=\"2\",line=\"7\",site=\"north\"} 2"], await _registry.SeriesAsync());
        Assert.Equal([KeyValuePair.Create("site", "north")], _registry.StaticLabels);
        Assert.Throws<InvalidOperationException>(() => factory.CreateGauge("other", "", ["site"]));
        Assert.Throws<InvalidOperationException>(() => _registry.SetStaticLabels(new Dictionary<string, string> { ["late"] = "x" }));
    }
}
