using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class GaugeTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Fact]
    public void SetIncDec_InTurn_ChangeTheValue()
    {
        var gauge = Assert.IsAssignableFrom<IGauge>(Factory.CreateGauge("queue_length", "Queue."));
        gauge.Set(10);
        gauge.Inc();
        gauge.Inc(0.5);
        gauge.Dec();
        gauge.Dec(2);
        Assert.Equal(8.5, gauge.Value);
        gauge.Dec(-1);
        Assert.Equal(9.5, gauge.Value);
    }

    [Fact]
    public void IncToDecTo_Targets_OnlyMoveInTheirDirection()
    {
        var gauge = Factory.CreateGauge("queue_length", "Queue.");
        gauge.IncTo(5);
        gauge.IncTo(3);
        Assert.Equal(5, gauge.Value);
        gauge.DecTo(7);
        Assert.Equal(5, gauge.Value);
        gauge.DecTo(-2);
        Assert.Equal(-2, gauge.Value);
    }

    [Fact]
    public void SetToCurrentTimeUtc_Now_IsSecondsSince1970()
    {
        var gauge = Factory.CreateGauge("last_timestamp_seconds", "");
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        gauge.SetToCurrentTimeUtc();
        Assert.InRange(gauge.Value, before - 1, before + 60);

        gauge.SetToTimeUtc(DateTimeOffset.UnixEpoch.AddMilliseconds(1500));
        Assert.Equal(1.5, gauge.Value);
    }

    [Fact]
    public void TrackInProgress_UntilDisposed_CountsOne()
    {
        var gauge = Factory.CreateGauge("in_progress", "");
        using (gauge.TrackInProgress())
        using (gauge.TrackInProgress())
            Assert.Equal(2, gauge.Value);
        Assert.Equal(0, gauge.Value);
    }

    [Fact]
    public void NewTimer_ObserveDuration_SetsElapsedSeconds()
    {
        var gauge = Factory.CreateGauge("duration_seconds", "");
        var timer = gauge.NewTimer();
        Thread.Sleep(20);
        var elapsed = timer.ObserveDuration();
        Assert.Equal(elapsed.TotalSeconds, gauge.Value);
        Assert.InRange(elapsed.TotalSeconds, 0.019, 10);
    }

    [Fact]
    public async Task SuppressInitialValue_LabelledChild_AppearsWhenSet()
    {
        var gauge = Factory.CreateGauge("threshold", "", ["pipeline"], new GaugeConfiguration { SuppressInitialValue = true });
        var child = gauge.WithLabels("pumps");
        Assert.Empty(await _registry.SeriesAsync());
        child.Set(0);
        Assert.Equal(["threshold{pipeline=\"pumps\"} 0"], await _registry.SeriesAsync());
    }
}
