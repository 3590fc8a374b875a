using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class RegistryTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Theory]
    [InlineData("")]
    [InlineData("9lives")]
    [InlineData("with-dash")]
    [InlineData("with:colon")]
    [InlineData("größe")]
    public void Create_InvalidMetricName_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => Factory.CreateGauge(name, ""));

    [Theory]
    [InlineData("")]
    [InlineData("9lives")]
    [InlineData("with-dash")]
    [InlineData("__reserved")]
    public void Create_InvalidLabelName_IsRefused(string label) =>
        Assert.Throws<ArgumentException>(() => Factory.CreateGauge("lag", "", label));

    [Fact]
    public void Create_RepeatedLabelName_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Factory.CreateGauge("lag", "", "a", "b", "a"));

    [Fact]
    public void Create_SameNameAnotherKind_IsRefused()
    {
        Factory.CreateGauge("lag", "");
        Assert.Throws<InvalidOperationException>(() => Factory.CreateCounter("lag", ""));
        Assert.Throws<InvalidOperationException>(() => Factory.CreateHistogram("lag", ""));
    }

    [Fact]
    public async Task Create_SameNameOtherLabels_SharesOneDeclaration()
    {
        var first = Factory.CreateGauge("lag", "First.", "source");
        var second = Factory.CreateGauge("lag", "Second.", "source", "partition");
        Assert.NotSame(first, second);
        Factory.CreateGauge("between", "").Set(1);
        first.WithLabels("a").Set(1);
        second.WithLabels("a", "0").Set(2);

        Assert.Equal(
            ["# HELP lag First.", "# TYPE lag gauge", "lag{source=\"a\"} 1", "lag{source=\"a\",partition=\"0\"} 2", "# HELP between ", "# TYPE between gauge", "between 1"],
            await _registry.LinesAsync());
    }

    [Fact]
    public void Create_LabelNamesInTheConfiguration_AreUsedWhereNoneAreGiven()
    {
        var gauge = Factory.CreateGauge("lag", "", new GaugeConfiguration { LabelNames = ["source"] });
        Assert.Equal(["source"], gauge.LabelNames);
        Assert.Same(gauge, Factory.CreateGauge("lag", "", "source"));
    }

    [Fact]
    public void WithCustomRegistry_Null_IsRefused() =>
        Assert.Throws<ArgumentNullException>(() => Metrics.WithCustomRegistry(null!));

    [Fact]
    public async Task BeforeCollect_Callbacks_RunBeforeEachExport()
    {
        var gauge = Factory.CreateGauge("lag", "");
        var other = Factory.CreateGauge("age", "");
        _registry.AddBeforeCollectCallback(() => gauge.Inc());
        _registry.AddBeforeCollectCallback(async cancel =>
        {
            await Task.Delay(5, cancel);
            other.Inc(10);
        });
        await _registry.TextAsync();
        Assert.Equal(["lag 2", "age 20"], await _registry.SeriesAsync());
    }

    [Fact]
    public async Task BeforeCollect_Throws_TheExportGoesOn()
    {
        Factory.CreateGauge("lag", "").Set(1);
        _registry.AddBeforeCollectCallback(() => throw new InvalidOperationException("no"));
        _registry.AddBeforeCollectCallback(_ => Task.FromException(new InvalidOperationException("no")));
        Assert.Equal(["lag 1"], await _registry.SeriesAsync());
        Assert.Throws<ArgumentNullException>(() => _registry.AddBeforeCollectCallback((Action)null!));
    }

    [Fact]
    public void SetStaticLabels_RegistryInUse_IsRefused()
    {
        Factory.CreateGauge("lag", "");
        Assert.Throws<InvalidOperationException>(() => _registry.SetStaticLabels(new Dictionary<string, string> { ["site"] = "x" }));
    }

    [Fact]
    public async Task CollectAndExport_NullStream_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentNullException>(() => _registry.CollectAndExportAsTextAsync(null!, TestContext.Current.CancellationToken));
}
