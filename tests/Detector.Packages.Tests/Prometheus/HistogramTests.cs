using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class HistogramTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Fact]
    public async Task Observe_Values_AreCountedCumulatively()
    {
        var histogram = Factory.CreateHistogram("score", "Scores.", new HistogramConfiguration { Buckets = [1, 2.5, 10] });
        foreach (var value in new[] { 0.5, 1, 2, 3, 50 }) histogram.Observe(value);

        Assert.Equal(
            ["# HELP score Scores.", "# TYPE score histogram", "score_sum 56.5", "score_count 5", "score_bucket{le=\"1\"} 2", "score_bucket{le=\"2.5\"} 3", "score_bucket{le=\"10\"} 4", "score_bucket{le=\"+Inf\"} 5"],
            await _registry.LinesAsync());
        Assert.Equal(56.5, histogram.Sum);
        Assert.Equal(5, histogram.Count);
    }

    [Fact]
    public async Task Observe_WithCount_CountsThemAll()
    {
        var histogram = Factory.CreateHistogram("score", "Scores.", ["pipeline"], new HistogramConfiguration { Buckets = [1, double.PositiveInfinity] });
        histogram.WithLabels("pumps").Observe(0.25, 4);
        Assert.Equal(
            ["score_sum{pipeline=\"pumps\"} 1", "score_count{pipeline=\"pumps\"} 4", "score_bucket{pipeline=\"pumps\",le=\"1\"} 4", "score_bucket{pipeline=\"pumps\",le=\"+Inf\"} 4"],
            await _registry.SeriesAsync());
    }

    [Fact]
    public async Task Observe_NaN_IsIgnoredAndDoesNotPublish()
    {
        var histogram = Factory.CreateHistogram("score", "Scores.", new HistogramConfiguration { Buckets = [1], SuppressInitialValue = true });
        histogram.Observe(double.NaN);
        Assert.Equal(0, histogram.Count);
        Assert.Empty(await _registry.SeriesAsync());

        histogram.Observe(double.PositiveInfinity);
        Assert.Equal(["score_sum Infinity", "score_count 1", "score_bucket{le=\"1\"} 0", "score_bucket{le=\"+Inf\"} 1"], await _registry.SeriesAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(21)]
    public async Task Observe_EveryBound_FallsIntoItsOwnBucket(int buckets)
    {
        var bounds = Histogram.LinearBuckets(1, 1, buckets);
        var histogram = Factory.CreateHistogram("score", "", new HistogramConfiguration { Buckets = bounds });
        foreach (var bound in bounds) histogram.Observe(bound);
        histogram.Observe(double.NegativeInfinity);

        var counts = (await _registry.SeriesAsync()).Skip(2).Select(line => line.Split(' ')[1]);
        Assert.Equal([.. Enumerable.Range(2, buckets).Append(buckets + 1).Select(n => $"{n}")], counts);
    }

    [Fact]
    public async Task CreateHistogram_WithoutBuckets_TakesFiveMillisecondsToTenSeconds()
    {
        Factory.CreateHistogram("duration_seconds", "");
        var bounds = (await _registry.SeriesAsync()).Where(line => line.Contains("le=", StringComparison.Ordinal)).Select(line => line.Split('"')[1]);
        Assert.Equal(["0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf"], bounds);
    }

    [Fact]
    public void CreateHistogram_WrongBuckets_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Factory.CreateHistogram("a", "", new HistogramConfiguration { Buckets = [] }));
        Assert.Throws<ArgumentException>(() => Factory.CreateHistogram("b", "", new HistogramConfiguration { Buckets = [1, 1] }));
        Assert.Throws<ArgumentException>(() => Factory.CreateHistogram("c", "", new HistogramConfiguration { Buckets = [2, 1] }));
        Assert.Throws<ArgumentException>(() => Factory.CreateHistogram("d", "", "le"));
    }

    [Fact]
    public void Buckets_Generated_AreExactDecimals()
    {
        Assert.Equal([0.1, 0.2, 0.3, 0.4], Histogram.LinearBuckets(0.1, 0.1, 4));
        Assert.Equal([0.001, 0.002, 0.004, 0.008], Histogram.ExponentialBuckets(0.001, 2, 4));
        Assert.Equal([0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10], Histogram.PowersOfTenDividedBuckets(-1, 1, 4));
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 15], Histogram.PowersOfTenDividedBuckets(0, 2, 20)[..21]);
    }

    [Fact]
    public void Buckets_ImpossibleRequests_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Histogram.LinearBuckets(0, 1, 0));
        Assert.Throws<ArgumentException>(() => Histogram.ExponentialBuckets(1, 2, 0));
        Assert.Throws<ArgumentException>(() => Histogram.ExponentialBuckets(0, 2, 3));
        Assert.Throws<ArgumentException>(() => Histogram.ExponentialBuckets(1, 1, 3));
        Assert.Throws<ArgumentException>(() => Histogram.PowersOfTenDividedBuckets(1, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Histogram.PowersOfTenDividedBuckets(0, 1, 0));
    }

    [Fact]
    public void NewTimer_Disposed_ObservesOnce()
    {
        var histogram = Assert.IsAssignableFrom<IHistogram>(Factory.CreateHistogram("duration_seconds", "").WithLabels());
        using (histogram.NewTimer()) Thread.Sleep(20);
        Assert.Equal(1, histogram.Count);
        Assert.InRange(histogram.Sum, 0.019, 10);
    }
}
