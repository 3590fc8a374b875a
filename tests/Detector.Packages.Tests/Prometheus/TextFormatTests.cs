using Detector.Tests.Support;
using Prometheus;

namespace Detector.Packages.Tests.Prometheus;

public sealed class TextFormatTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Theory]
    [InlineData(0, "0", "0.0")]
    [InlineData(-0.0, "-0", "0.0")]
    [InlineData(1, "1", "1.0")]
    [InlineData(-1, "-1", "-1.0")]
    [InlineData(42, "42", "42.0")]
    [InlineData(0.1, "0.1", "0.1")]
    [InlineData(1.0 / 3, "0.3333333333333333", "0.3333333333333333")]
    [InlineData(1e15, "1000000000000000", "1000000000000000.0")]
    [InlineData(1e22, "1e+22", "1e+22")]
    [InlineData(123456789012345, "123456789012345", "123456789012345.0")]
    [InlineData(1.5e300, "1.5e+300", "1.5e+300")]
    [InlineData(2e-7, "2e-07", "2e-07")]
    [InlineData(double.PositiveInfinity, "Infinity", "+Inf")]
    [InlineData(double.NegativeInfinity, "-Infinity", "-Inf")]
    [InlineData(double.NaN, "NaN", "NaN")]
    public async Task Number_Written_IsShortAndExact(double value, string text, string openMetrics)
    {
        Factory.CreateGauge("g", "").Set(value);
        Assert.Equal([$"g {text}"], await _registry.SeriesAsync());
        Assert.Equal([$"g {openMetrics}"], await _registry.SeriesAsync(ExpositionFormat.OpenMetricsText));
    }

    [Fact]
    public async Task Registry_Empty_WritesNothingButTheEndOfOpenMetrics()
    {
        Assert.Equal("", await _registry.TextAsync());
        Assert.Equal("# EOF\n", await _registry.TextAsync(ExpositionFormat.OpenMetricsText));
    }

    [Fact]
    public async Task PrometheusText_OfEveryKind_IsExactlyThis()
    {
        Fill();
        Assert.Equal(
            """
            # HELP detector_messages_total Messages received.
            # TYPE detector_messages_total counter
            detector_messages_total{source="plant"} 3
            # HELP plain 
            # TYPE plain counter
            plain 0
            # HELP detector_score Scores of windows.
            # TYPE detector_score histogram
            detector_score_sum{pipeline="pumps"} 7.5
            detector_score_count{pipeline="pumps"} 2
            detector_score_bucket{pipeline="pumps",le="0"} 0
            detector_score_bucket{pipeline="pumps",le="1"} 0
            detector_score_bucket{pipeline="pumps",le="4.5"} 2
            detector_score_bucket{pipeline="pumps",le="+Inf"} 2

            """,
            await _registry.TextAsync());
    }

    [Fact]
    public async Task OpenMetrics_OfEveryKind_IsExactlyThis()
    {
        Fill();
        Assert.Equal(
            """
            # HELP detector_messages Messages received.
            # TYPE detector_messages counter
            detector_messages_total{source="plant"} 3.0
            # HELP plain 
            # TYPE plain unknown
            plain 0.0
            # HELP detector_score Scores of windows.
            # TYPE detector_score histogram
            detector_score_sum{pipeline="pumps"} 7.5
            detector_score_count{pipeline="pumps"} 2
            detector_score_bucket{pipeline="pumps",le="0.0"} 0
            detector_score_bucket{pipeline="pumps",le="1.0"} 0
            detector_score_bucket{pipeline="pumps",le="4.5"} 2
            detector_score_bucket{pipeline="pumps",le="+Inf"} 2
            # EOF

            """,
            await _registry.TextAsync(ExpositionFormat.OpenMetricsText));
    }

    [Fact]
    public async Task PrometheusText_CheckedByPromtool_IsAccepted()
    {
        Factory.CreateCounter("detector_messages_total", "Messages received.", "source").WithLabels("a \"quoted\" \\ back\nline größe").Inc();
        Factory.CreateGauge("detector_threshold", "Score above which a window is anomalous.", "pipeline", "level").WithLabels("pumps", "0.99").Set(3.25);
        Factory.CreateGauge("detector_lag_seconds", "Lag.").Set(double.PositiveInfinity);
        Factory.CreateGauge("detector_drift", "Drift.").Set(double.NaN);
        Factory.CreateHistogram("detector_stage_duration_seconds", "Time spent in a stage.", ["stage"]).WithLabels("scoring").Observe(0.004);
        Factory.CreateCounter("detector_alerts_total", "Alerts.", "pipeline");

        var result = await ExternalTool.RunAsync("promtool", ["check", "metrics"], input: await _registry.TextAsync());
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal("", (result.Output + result.Error).Trim());
    }

    [Fact]
    public async Task Promtool_GivenAMalformedLine_Refuses()
    {
        // Shows that the check above can fail.
        var result = await ExternalTool.RunAsync("promtool", ["check", "metrics"], input: "detector_lag{source=\"a} 1\n");
        Assert.NotEqual(0, result.ExitCode);
    }

    private void Fill()
    {
        Factory.CreateCounter("detector_messages_total", "Messages received.", "source").WithLabels("plant").Inc(3);
        Factory.CreateCounter("plain", " ");
        var scores = Factory.CreateHistogram("detector_score", "Scores of windows.", ["pipeline"], new HistogramConfiguration { Buckets = [0, 1, 4.5] });
        scores.WithLabels("pumps").Observe(3.75, 2);
    }
}
