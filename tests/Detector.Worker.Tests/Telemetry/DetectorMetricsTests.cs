using System.Text.RegularExpressions;
using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Tests.Telemetry;

public sealed class DetectorMetricsTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddSeconds(12.5);

    private readonly DetectorMetrics _metrics = new(Metrics.NewCustomRegistry());

    [Theory]
    [InlineData("""detector_messages_total{source="s"} 1""")]
    [InlineData("""detector_messages_missed_total{source="s"} 4""")]
    [InlineData("""detector_messages_dropped_total{source="s",reason="malformed"} 1""")]
    [InlineData("""detector_messages_dropped_total{source="s",reason="timestamp_future"} 0""")]
    [InlineData("""detector_values_rejected_total{source="s",reason="wrong_type"} 3""")]
    [InlineData("""detector_watermark_lag_seconds{source="s"} 1.5""")]
    [InlineData("""detector_consumer_lag{source="s"} 7""")]
    [InlineData("""detector_clock_skew_seconds{source="s"} -0.25""")]
    [InlineData("""detector_samples_total{pipeline="p"} 1""")]
    [InlineData("""detector_samples_late_total{pipeline="p"} 1""")]
    [InlineData("""detector_samples_dropped_total{pipeline="p",reason="late"} 1""")]
    [InlineData("""detector_samples_dropped_total{pipeline="p",reason="duplicate"} 1""")]
    [InlineData("""detector_windows_scored_total{pipeline="p"} 64""")]
    [InlineData("""detector_batch_size_bucket{pipeline="p",le="64"} 1""")]
    [InlineData("""detector_last_score_timestamp_seconds{pipeline="p"} 12.5""")]
    [InlineData("""detector_score_bucket{pipeline="p",le="3"} 1""")]
    [InlineData("""detector_anomalous_windows_total{pipeline="p"} 1""")]
    [InlineData("""detector_end_to_end_latency_seconds_count{pipeline="p"} 1""")]
    [InlineData("""detector_threshold{pipeline="p",level="median"} 2""")]
    [InlineData("""detector_threshold{pipeline="p",level="max"} 4""")]
    [InlineData("""detector_drift{pipeline="p"} 1.5""")]
    [InlineData("""detector_episodes_open{pipeline="p",severity="critical"} 2""")]
    [InlineData("""detector_alerts_total{pipeline="p",severity="warning",state="firing"} 1""")]
    [InlineData("""detector_alerts_total{pipeline="p",severity="critical",state="resolved"} 0""")]
    [InlineData("""detector_quality_alerts_total{pipeline="p",reason="feature_missing",state="firing"} 1""")]
    [InlineData("""detector_quality_alerts_total{pipeline="p",reason="silent",state="resolved"} 0""")]
    [InlineData("""detector_series{pipeline="p",state="active"} 9""")]
    [InlineData("""detector_series{pipeline="p",state="evicted"} 0""")]
    [InlineData("""detector_warmup_seconds_remaining{pipeline="p"} 60""")]
    [InlineData("""detector_model_age_seconds{pipeline="p"} 3600""")]
    [InlineData("""detector_model_promotions_total{pipeline="p",outcome="promoted"} 1""")]
    [InlineData("""detector_drift_alerts_total{pipeline="p",reason="level",state="firing"} 1""")]
    [InlineData("""detector_drift_input{pipeline="p"} 0.3""")]
    [InlineData("""detector_training_loss{pipeline="p",network="linear",part="validation"} 0.5""")]
    [InlineData("""detector_training_duration_seconds_count 1""")]
    [InlineData("""detector_stage_duration_seconds_count{stage="score"} 1""")]
    [InlineData("""detector_queue_length{stage="score"} 5""")]
    [InlineData("""detector_queue_capacity{stage="score"} 100""")]
    [InlineData("""detector_publish_errors_total{sink="k",reason="too_large"} 1""")]
    [InlineData("""detector_build_info{version="1.2.3",device="cpu",packages="system"} 1""")]
    public async Task Export_AfterOneOfEverything_HasTheLine(string line)
    {
        MeasureEverything();
        Assert.Contains(line, (await Export()).Split('\n'));
    }

    [Fact]
    public async Task Export_NothingMeasured_ClaimsNoMeasurement()
    {
        _metrics.Source("s");
        _metrics.Pipeline("p");
        string text = await Export();

        Assert.DoesNotContain("detector_consumer_lag{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("detector_threshold{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("detector_drift{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("detector_last_score_timestamp_seconds{", text, StringComparison.Ordinal);
        Assert.Contains("detector_messages_total{source=\"s\"} 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Labels_AreTheBoundedOnes()
    {
        MeasureEverything();
        var labels = Regex.Matches(await Export(), "[{,]([a-z_]+)=\"").Select(match => match.Groups[1].Value).ToHashSet();

        HashSet<string> bounded =
            ["source", "pipeline", "sink", "reason", "level", "severity", "state", "verdict", "stage", "network", "part", "outcome", "version", "device", "packages", "le"];
        Assert.Subset(bounded, labels);
    }

    [Fact]
    public void Holders_HotPath_AllocateNothing()
    {
        SourceMetrics source = _metrics.Source("s");
        PipelineMetrics pipeline = _metrics.Pipeline("p");
        StageMetrics stage = _metrics.Stage("score");
        Measure();
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1000; i++)
                Measure();
        }));

        void Measure()
        {
            source.Message();
            source.Dropped(DropReason.Malformed);
            source.ValuesRejected(ValueFault.NotFinite, 2);
            pipeline.Sample();
            pipeline.SampleDropped(DropReason.Late);
            pipeline.BatchScored(10, s_now);
            pipeline.Verdict(2.5, true);
            pipeline.EndToEndLatency(TimeSpan.FromMilliseconds(3));
            pipeline.Alert(Severity.Critical, AlertState.Firing);
            stage.Duration(TimeSpan.FromMilliseconds(1));
            stage.QueueLength(3);
        }
    }

    [Fact]
    public async Task KeepOnly_NamesThatAreGone_AreNoLongerShownAndBeginAnew()
    {
        MeasureEverything();
        _metrics.Source("stays").Message();
        _metrics.Pipeline("stays").Sample();
        _metrics.Sink("stays").PublishError("timeout");

        _metrics.KeepOnly(["stays"], ["stays"], ["stays"]);
        string left = await Export();
        _metrics.Pipeline("p");

        Assert.DoesNotMatch("source=\"s\"|pipeline=\"p\"|sink=\"k\"", left);
        Assert.Contains("detector_messages_total{source=\"stays\"} 1\n", left, StringComparison.Ordinal);
        Assert.Contains("detector_samples_total{pipeline=\"stays\"} 1\n", left, StringComparison.Ordinal);
        Assert.Contains("detector_publish_errors_total{sink=\"stays\",reason=\"timeout\"} 1\n", left, StringComparison.Ordinal);
        Assert.Contains("detector_stage_duration_seconds_count{stage=\"score\"} 1\n", left, StringComparison.Ordinal);
        Assert.Contains("detector_samples_total{pipeline=\"p\"} 0\n", await Export(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_ThresholdsThatNoLongerFollow_IsAbsentAgain()
    {
        _metrics.Pipeline("p").Drift(1.5);
        _metrics.Pipeline("p").Drift(null);
        Assert.DoesNotContain("detector_drift{", await Export(), StringComparison.Ordinal);
    }

    [Fact]
    public void Holder_SameName_IsTheSame() => Assert.Same(_metrics.Pipeline("p"), _metrics.Pipeline("p"));

    private void MeasureEverything()
    {
        SourceMetrics source = _metrics.Source("s");
        source.Missed(4);
        source.Message();
        source.Dropped(DropReason.Malformed);
        source.Dropped(DropReason.None);
        source.ValuesRejected(ValueFault.WrongType, 3);
        source.WatermarkLag(TimeSpan.FromSeconds(1.5));
        source.ConsumerLag(7);
        source.ClockSkew(TimeSpan.FromSeconds(-0.25));

        PipelineMetrics pipeline = _metrics.Pipeline("p");
        pipeline.Sample();
        pipeline.SampleDropped(DropReason.Late);
        pipeline.SampleDropped(DropReason.Duplicate);
        pipeline.BatchScored(64, s_now);
        pipeline.Verdict(2.5, true);
        pipeline.EndToEndLatency(TimeSpan.FromMilliseconds(20));
        pipeline.Thresholds(2, 4);
        pipeline.Drift(1.5);
        pipeline.EpisodesOpen(Severity.Critical, 2);
        pipeline.Alert(Severity.Warning, AlertState.Firing);
        pipeline.QualityAlert(QualityReason.FeatureMissing, AlertState.Firing);
        pipeline.Series(SeriesPhase.Active, 9);
        pipeline.WarmupRemaining(TimeSpan.FromMinutes(1));
        pipeline.ModelAge(TimeSpan.FromHours(1));
        pipeline.TrainingLoss("linear", 0.25, 0.5);
        pipeline.ModelDecided("promoted");
        pipeline.DriftAlert(DriftReason.Level, AlertState.Firing);
        pipeline.DriftStatistics(0.3, 2.5);

        StageMetrics stage = _metrics.Stage("score");
        stage.Duration(TimeSpan.FromMilliseconds(1));
        stage.QueueLength(5);
        stage.QueueCapacity(100);
        _metrics.Trained(TimeSpan.FromSeconds(2));
        _metrics.Sink("k").PublishError("too_large");
        _metrics.BuildInfo("1.2.3", "cpu", "system");
    }

    private async Task<string> Export()
    {
        using var stream = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
