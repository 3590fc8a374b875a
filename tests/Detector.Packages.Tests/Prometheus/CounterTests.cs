using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class CounterTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Fact]
    public void Inc_WithoutAndWithAmount_Adds()
    {
        var counter = Factory.CreateCounter("messages_total", "Messages.");
        counter.Inc();
        counter.Inc(2.5);
        Assert.Equal(3.5, counter.Value);
    }

    [Fact]
    public void Inc_NegativeAmount_IsRefusedAndChangesNothing()
    {
        var counter = Factory.CreateCounter("messages_total", "Messages.");
        counter.Inc(4);
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => counter.Inc(-1));
        Assert.Equal("increment", e.ParamName);
        Assert.Equal(4, counter.Value);
    }

    [Fact]
    public void IncTo_LowerTarget_KeepsTheGreaterValue()
    {
        var counter = Factory.CreateCounter("messages_total", "Messages.");
        counter.IncTo(10);
        counter.IncTo(7);
        Assert.Equal(10, counter.Value);
    }

    [Fact]
    public void IncToTimeUtc_Time_IsSecondsSince1970()
    {
        var counter = Factory.CreateCounter("last_total", "");
        counter.IncToTimeUtc(new DateTimeOffset(2001, 9, 9, 3, 46, 40, 250, TimeSpan.FromHours(2)));
        Assert.Equal(1_000_000_000.25, counter.Value);
        counter.IncToCurrentTimeUtc();
        Assert.True(counter.Value > 1_700_000_000);
    }

    [Fact]
    public void CreateCounter_SameNameAndLabels_IsTheSameCounter()
    {
        var first = Factory.CreateCounter("messages_total", "Messages.", "source");
        var second = Factory.CreateCounter("messages_total", "Other help.", ["source"], new CounterConfiguration { SuppressInitialValue = true });
        Assert.Same(first, second);
        Assert.Equal("Messages.", second.Help);
    }

    [Fact]
    public async Task SuppressInitialValue_UntilFirstSet_HoldsTheSeriesBack()
    {
        var counter = Factory.CreateCounter("messages_total", "Messages.", new CounterConfiguration { SuppressInitialValue = true });
        Assert.Equal(["# HELP messages_total Messages.", "# TYPE messages_total counter"], await _registry.LinesAsync());

        counter.Inc(0);
        Assert.Equal(["messages_total 0"], await _registry.SeriesAsync());
    }

    [Fact]
    public async Task Unpublish_ThenPublishOrInc_ShowsTheSeriesAgain()
    {
        var counter = Factory.CreateCounter("messages_total", "Messages.");
        counter.Unpublish();
        Assert.Empty(await _registry.SeriesAsync());

        counter.Publish();
        Assert.Equal(["messages_total 0"], await _registry.SeriesAsync());

        counter.Unpublish();
        counter.Inc();
        Assert.Equal(["messages_total 1"], await _registry.SeriesAsync());
    }

    [Fact]
    public void NewTimer_Disposed_AddsElapsedSeconds()
    {
        var counter = Factory.CreateCounter("busy_seconds_total", "");
        using (counter.NewTimer()) Thread.Sleep(20);
        Assert.InRange(counter.Value, 0.019, 10);
    }

    [Fact]
    public void Collector_ThroughItsInterfaces_TellsNameHelpAndLabels()
    {
        ICollector<Counter.Child> counter = Factory.CreateCounter("messages_total", "Messages.", "source", "kind");
        Assert.Equal("messages_total", counter.Name);
        Assert.Equal("Messages.", counter.Help);
        Assert.Equal(["source", "kind"], counter.LabelNames);

        var child = Assert.IsAssignableFrom<ICounter>(counter.WithLabels("a", "b"));
        child.Inc();
        Assert.Equal(1, child.Value);
        Assert.Equal(0, counter.Unlabelled.Value);
    }
}
