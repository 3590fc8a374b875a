using Detector.Worker.Contracts;
using Detector.Worker.Pipeline.Alerts;
using Detector.Worker.Publishing;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>Counts verdicts and publishes alerts, scores and thresholds to the sinks of each pipeline. On the deciding thread.</summary>
internal sealed class VerdictPublisher(TimeProvider clock, CancellationToken giveUp) : IVerdictReceiver
{
    /// <summary>A threshold is published again once it has moved by this share.</summary>
    private const double ThresholdStep = 0.01;

    /// <summary>Told of every alert, beside the sinks.</summary>
    public Action<Alert>? Observer { get; set; }

    /// <summary>What was open when the service stopped.</summary>
    public OrphanedAlerts? Orphans { get; init; }

    public void OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        PipelineRuntime pipeline = series.Pipeline;
        if (!receipt.IsReplay)
            pipeline.Metrics.Verdict(verdict.Score, verdict.Anomalous);
        foreach (Alert orphan in Orphans?.Resolve(series, ticks) ?? [])
            OnAlert(series, orphan, receipt);
        pipeline.Metrics.EndToEndLatency(clock.GetElapsedTime(arrival));
        if (pipeline.Sinks.Scores.Count > 0)
        {
            var score = new ScoreRecord(
                pipeline.Name, series.Key, new DateTimeOffset(ticks, TimeSpan.Zero), verdict.Score, verdict.Threshold, verdict.Anomalous, verdict.PValue);
            Publish(pipeline.Sinks.Scores, ScoreWriter.Write(score, receipt), receipt);
        }

        double published = series.Status.PublishedThreshold;
        if (verdict.Threshold != published && !(Math.Abs(verdict.Threshold - published) <= ThresholdStep * Math.Abs(verdict.Threshold)))
            PublishThreshold(series, ticks, verdict, receipt);
    }

    public void OnAlert(SeriesState series, Alert alert, Receipt receipt)
    {
        Orphans?.Seen(alert);
        // What is gone through again after a restart was counted, and published, before it.
        if (!receipt.IsReplay)
            Count(series.Pipeline.Metrics, alert);
        Publish(series.Pipeline.Sinks.Alerts, AlertWriter.Write(alert, receipt), receipt);
        Observer?.Invoke(alert);
    }

    public void OnSuppressed(SeriesState series, SuppressionReason reason, Receipt receipt)
    {
        if (!receipt.IsReplay)
            series.Pipeline.Metrics.Suppressed(reason);
    }

    private static void Count(PipelineMetrics metrics, Alert alert)
    {
        if (alert.Drift is { } drift)
            metrics.DriftAlert(drift, alert.State);
        else if (alert.Reason is { } reason)
            metrics.QualityAlert(reason, alert.State);
        else
            metrics.Alert(alert.Severity, alert.State);
    }

    private void PublishThreshold(SeriesState series, long ticks, in Verdict verdict, Receipt receipt)
    {
        series.Status.PublishedThreshold = verdict.Threshold;
        if (series.Pipeline.Sinks.Thresholds.Count == 0)
            return;
        var threshold = new ThresholdRecord(
            series.Pipeline.Name, series.Key, new DateTimeOffset(ticks, TimeSpan.Zero), series.Pipeline.Options.Threshold.Method,
            verdict.Threshold, series.Judge!.StatedPerDay, series.Judged!.Version);
        Publish(series.Pipeline.Sinks.Thresholds, ThresholdWriter.Write(threshold, receipt), receipt);
    }

    private void Publish(IReadOnlyList<ISink> sinks, in OutboundRecord record, Receipt receipt)
    {
        // What was finished before a restart is out already.
        if (receipt.IsReplay)
            return;
        foreach (ISink sink in sinks)
        {
            receipt.Retain();
            sink.Publish(record, giveUp);
        }
    }
}
