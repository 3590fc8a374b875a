using Prometheus;

namespace Detector.Worker.Telemetry;

internal sealed partial class DetectorMetrics
{
    private readonly IngestionFamilies _ingestion;
    private readonly ScoringFamilies _scoring;
    private readonly LearningFamilies _learning;
    private readonly StageFamilies _stageFamilies;
    private readonly Counter _publishErrors;
    private readonly Gauge _buildInfo;
    private readonly Gauge _reloadSuccessful;
    private readonly Gauge _reloadTime;

    private Histogram TrainingDuration { get; }

    /// <summary>What is counted per source.</summary>
    internal sealed class IngestionFamilies(FamilyFactory factory)
    {
        public Counter Messages { get; } = factory.CreateCounter("detector_messages_total", "Messages read.", ["source"]);

        public Counter MessagesMissed { get; } = factory.CreateCounter(
            "detector_messages_missed_total", "Messages that never came, by gaps in the numbers of those that did (Sparkplug).", ["source"]);

        public Counter MessagesDropped { get; } = factory.CreateCounter(
            "detector_messages_dropped_total", "Messages that gave no sample, by reason.", ["source", "reason"]);

        public Counter LogLines { get; } = factory.CreateCounter("detector_log_lines_total", "Log lines that got a template; those of a stack trace count as one.", ["source"]);

        public Gauge LogTemplates { get; } = factory.CreateGauge("detector_log_templates", "Templates of log lines that are remembered.", ["source"]);

        public Counter LogTemplatesNew { get; } = factory.CreateCounter(
            "detector_log_templates_new_total", "Templates of log lines that came after learning and were never seen before.", ["source"]);

        public Counter LogTemplatesEvicted { get; } = factory.CreateCounter(
            "detector_log_templates_evicted_total", "Templates of log lines that were forgotten for room, the least recently used first.", ["source"]);

        public Counter ValuesRejected { get; } = factory.CreateCounter(
            "detector_values_rejected_total", "Values of accepted samples that were treated as missing, by reason.", ["source", "reason"]);

        public Gauge WatermarkLag { get; } = factory.CreateUnsetGauge(
            "detector_watermark_lag_seconds", "How far the newest event time of a source lies behind the clock.", "source");

        public Gauge ConsumerLag { get; } = factory.CreateUnsetGauge(
            "detector_consumer_lag", "Messages in the assigned partitions that were not read yet.", "source");

        public Gauge ClockSkew { get; } = factory.CreateUnsetGauge(
            "detector_clock_skew_seconds", "Median of event time minus arrival time over the latest samples; above zero, senders' clocks are ahead.", "source");
    }

    /// <summary>What is counted per pipeline while it scores.</summary>
    internal sealed class ScoringFamilies(FamilyFactory factory)
    {
        // The default threshold lies at the tail of normal scores: fine steps around 1, coarse ones to the size of a broken sensor.
        private static readonly double[] s_scores = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128, 256, 1024];

        private static readonly double[] s_latencies = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

        public Counter Samples { get; } = factory.CreateCounter("detector_samples_total", "Samples accepted.", ["pipeline"]);

        public Counter SamplesLate { get; } = factory.CreateCounter("detector_samples_late_total", "Samples behind the watermark, dropped.", ["pipeline"]);

        public Counter SamplesDropped { get; } = factory.CreateCounter(
            "detector_samples_dropped_total", "Samples dropped, by reason; the late ones among them.", ["pipeline", "reason"]);

        public Counter WindowsScored { get; } = factory.CreateCounter("detector_windows_scored_total", "Windows scored.", ["pipeline"]);

        public Counter AnomalousWindows { get; } = factory.CreateCounter(
            "detector_anomalous_windows_total", "Windows whose score exceeded the threshold.", ["pipeline"]);

        public Counter Alerts { get; } = factory.CreateCounter("detector_alerts_total", "Alerts published.", ["pipeline", "severity", "state"]);

        public Counter QualityAlerts { get; } = factory.CreateCounter(
            "detector_quality_alerts_total", "Alerts published about the data of a series, by reason.", ["pipeline", "reason", "state"]);

        public Counter AlertsSuppressed { get; } = factory.CreateCounter(
            "detector_alerts_suppressed_total", "Episodes that would have fired and were not told, by reason.", ["pipeline", "reason"]);

        public Gauge AlertsPrecision { get; } = factory.CreateUnsetGauge(
            "detector_alerts_precision", "Share of the alerts with feedback that were confirmed.", "pipeline");

        public Histogram Score { get; } = factory.CreateHistogram(
            "detector_score", "Anomaly scores; higher is more anomalous.", ["pipeline"], s_scores);

        public Histogram BatchSize { get; } = factory.CreateHistogram("detector_batch_size", "Windows scored together.", ["pipeline"],
            Histogram.ExponentialBuckets(1, 2, 13));

        public Histogram EndToEndLatency { get; } = factory.CreateHistogram(
            "detector_end_to_end_latency_seconds", "Time from reading a message to the verdict on its sample.", ["pipeline"],
            s_latencies);

        public Gauge Threshold { get; } = factory.CreateUnsetGauge(
            "detector_threshold", "Thresholds in force across the series of a pipeline: their median and their maximum.", "pipeline", "level");

        public Gauge Drift { get; } = factory.CreateUnsetGauge(
            "detector_drift",
            "How far the level of normal scores has risen since calibration, in standard deviations of the calibration scores: the largest rise across the series (dspot).",
            "pipeline");

        public Gauge EpisodesOpen { get; } = factory.CreateGauge("detector_episodes_open", "Episodes that are not resolved.", ["pipeline", "severity"]);

        public Gauge Series { get; } = factory.CreateGauge("detector_series", "Series by state.", ["pipeline", "state"]);

        public Gauge LastScore { get; } = factory.CreateUnsetGauge(
            "detector_last_score_timestamp_seconds", "When the last window was scored, in seconds since 1970.", "pipeline");
    }

    /// <summary>What is measured per pipeline while it learns.</summary>
    internal sealed class LearningFamilies(FamilyFactory factory)
    {
        public Gauge WarmupRemaining { get; } = factory.CreateUnsetGauge(
            "detector_warmup_seconds_remaining", "Event time until the last of the warming series is trained.", "pipeline");

        public Counter TrainingFailures { get; } = factory.CreateCounter(
            "detector_training_failures_total", "Trainings that yielded no model; the collection goes on.", ["pipeline"]);

        public Counter PrecisionRefusals { get; } = factory.CreateCounter(
            "detector_model_precision_refusals_total", "Models that came into service in another precision than Model:Precision asks for.", ["pipeline"]);

        public Counter Promotions { get; } = factory.CreateCounter(
            "detector_model_promotions_total", "Decisions about newly trained or earlier models by their outcome; promoted is put into service.", ["pipeline", "outcome"]);

        public Counter DriftAlerts { get; } = factory.CreateCounter(
            "detector_drift_alerts_total", "Published alerts about drift.", ["pipeline", "reason", "state"]);

        public Gauge DriftInput { get; } = factory.CreateUnsetGauge(
            "detector_drift_input", "Largest population stability index of a feature against what its model was learned from, across the series; 0.25 counts as changed.", "pipeline");

        public Gauge DriftLevel { get; } = factory.CreateUnsetGauge(
            "detector_drift_level", "Largest mean distance of a feature from what the others say of it, across the series, in standard deviations.", "pipeline");

        public Gauge TrainingLoss { get; } = factory.CreateUnsetGauge(
            "detector_training_loss", "Loss at the end of the last training, on the training and the validation part.", "pipeline", "network", "part");

        public Gauge ModelAge { get; } = factory.CreateUnsetGauge(
            "detector_model_age_seconds", "Age of the oldest model that is scoring.", "pipeline");
    }

    /// <summary>What is measured per stage.</summary>
    internal sealed class StageFamilies(FamilyFactory factory)
    {
        public Histogram Duration { get; } = factory.CreateHistogram("detector_stage_duration_seconds", "Time that one step of a stage took.", ["stage"],
            Histogram.ExponentialBuckets(0.00001, 4, 10));

        public Gauge QueueLength { get; } = factory.CreateUnsetGauge(
            "detector_queue_length", "Items waiting before a stage.", "stage");

        public Gauge QueueCapacity { get; } = factory.CreateUnsetGauge(
            "detector_queue_capacity", "Items that may wait before a stage.", "stage");
    }
}
