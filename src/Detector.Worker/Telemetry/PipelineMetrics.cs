using System.Text.Json;
using Detector.Worker.Contracts;
using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>The metrics of one pipeline. Thread-safe; allocates nothing but in <see cref="TrainingLoss"/>.</summary>
internal sealed class PipelineMetrics
{
    private static readonly string[] s_outcomes = ["promoted", "rejected", "failed", "rolled_back"];
    private readonly string _pipeline;
    private readonly Gauge _trainingLoss;
    private readonly Counter.Child _trainingFailures;
    private readonly Counter.Child _precisionRefusals;
    private readonly Dictionary<string, Counter.Child> _decided;
    private readonly Counter.Child[,] _driftAlerts;
    private readonly Gauge.Child _driftInput;
    private readonly Gauge.Child _driftLevel;
    private readonly Counter.Child _samples;
    private readonly Counter.Child _samplesLate;
    private readonly ReasonCounters _samplesDropped;
    private readonly Counter.Child _windowsScored;
    private readonly Counter.Child _anomalousWindows;
    private readonly Histogram.Child _score;
    private readonly Histogram.Child _batchSize;
    private readonly Histogram.Child _endToEndLatency;
    private readonly Gauge.Child _thresholdMedian;
    private readonly Gauge.Child _thresholdHighest;
    private readonly Gauge.Child _drift;
    private readonly Gauge.Child[] _episodesOpen;
    private readonly Counter.Child[,] _alerts;
    private readonly Counter.Child[,] _qualityAlerts;
    private readonly Counter.Child[] _suppressed;
    private readonly Gauge.Child _precision;
    private readonly Gauge.Child[] _series;
    private readonly Gauge.Child _lastScore;
    private readonly Gauge.Child _warmupRemaining;
    private readonly Gauge.Child _modelAge;

    internal PipelineMetrics(DetectorMetrics.ScoringFamilies scoring, DetectorMetrics.LearningFamilies learning, string pipeline)
    {
        _pipeline = pipeline;
        _samples = scoring.Samples.WithLabels(pipeline);
        _samplesLate = scoring.SamplesLate.WithLabels(pipeline);
        _samplesDropped = new ReasonCounters(scoring.SamplesDropped, pipeline);
        _windowsScored = scoring.WindowsScored.WithLabels(pipeline);
        _anomalousWindows = scoring.AnomalousWindows.WithLabels(pipeline);
        _score = scoring.Score.WithLabels(pipeline);
        _batchSize = scoring.BatchSize.WithLabels(pipeline);
        _endToEndLatency = scoring.EndToEndLatency.WithLabels(pipeline);
        _thresholdMedian = scoring.Threshold.WithLabels(pipeline, "median");
        _thresholdHighest = scoring.Threshold.WithLabels(pipeline, "max");
        _drift = scoring.Drift.WithLabels(pipeline);
        _lastScore = scoring.LastScore.WithLabels(pipeline);
        _series = [.. Labels<SeriesPhase>().Select(state => scoring.Series.WithLabels(pipeline, state))];
        _episodesOpen = [.. Labels<Severity>().Select(severity => scoring.EpisodesOpen.WithLabels(pipeline, severity))];
        _alerts = Alerts<Severity>(scoring.Alerts, pipeline);
        _qualityAlerts = Alerts<QualityReason>(scoring.QualityAlerts, pipeline);

        _suppressed = [.. Labels<SuppressionReason>().Select(reason => scoring.AlertsSuppressed.WithLabels(pipeline, reason))];
        _precision = scoring.AlertsPrecision.WithLabels(pipeline);

        _warmupRemaining = learning.WarmupRemaining.WithLabels(pipeline);
        _modelAge = learning.ModelAge.WithLabels(pipeline);
        _trainingLoss = learning.TrainingLoss;
        _trainingFailures = learning.TrainingFailures.WithLabels(pipeline);
        _precisionRefusals = learning.PrecisionRefusals.WithLabels(pipeline);
        _decided = s_outcomes.ToDictionary(outcome => outcome, outcome => learning.Promotions.WithLabels(pipeline, outcome), StringComparer.Ordinal);
        _driftAlerts = Alerts<DriftReason>(learning.DriftAlerts, pipeline);
        _driftInput = learning.DriftInput.WithLabels(pipeline);
        _driftLevel = learning.DriftLevel.WithLabels(pipeline);
    }

    /// <summary>A series made room in memory for others.</summary>
    public void Evicted() => _series[(int)SeriesPhase.Evicted].Inc();

    /// <summary>A sample was accepted.</summary>
    public void Sample() => _samples.Inc();

    /// <summary>A sample was dropped; a late one counts as such too.</summary>
    public void SampleDropped(DropReason reason)
    {
        _samplesDropped.Inc(reason);
        if (reason == DropReason.Late)
            _samplesLate.Inc();
    }

    /// <summary>A batch of windows was scored.</summary>
    public void BatchScored(int windows, DateTimeOffset now)
    {
        _windowsScored.Inc(windows);
        _batchSize.Observe(windows);
        _lastScore.Set(now.ToUnixTimeMilliseconds() / 1000.0);
    }

    /// <summary>A window was scored and judged.</summary>
    public void Verdict(double score, bool anomalous)
    {
        _score.Observe(score);
        if (anomalous)
            _anomalousWindows.Inc();
    }

    /// <summary>Time from reading a message to the verdict on its sample.</summary>
    public void EndToEndLatency(TimeSpan latency) => _endToEndLatency.Observe(latency.TotalSeconds);

    /// <summary>Median and highest of the thresholds in force across the series.</summary>
    public void Thresholds(double median, double highest)
    {
        _thresholdMedian.Set(median);
        _thresholdHighest.Set(highest);
    }

    /// <summary>Largest rise of the level of normal scores across the series, in standard deviations; null when no threshold follows it.</summary>
    public void Drift(double? deviations)
    {
        if (deviations is { } rise)
            _drift.Set(rise);
        else
            _drift.Unpublish();
    }

    /// <summary>Episodes of a severity that are not resolved.</summary>
    public void EpisodesOpen(Severity severity, int count) => _episodesOpen[(int)severity].Set(count);

    /// <summary>An alert was published.</summary>
    public void Alert(Severity severity, AlertState state) => _alerts[(int)severity, (int)state].Inc();

    /// <summary>A quality alert was published.</summary>
    public void QualityAlert(QualityReason reason, AlertState state) => _qualityAlerts[(int)reason, (int)state].Inc();

    /// <summary>An episode would have fired and was not told.</summary>
    public void Suppressed(SuppressionReason reason) => _suppressed[(int)reason].Inc();

    /// <summary>Share of the marked alerts that were confirmed.</summary>
    public void Precision(double share) => _precision.Set(share);

    /// <summary>Series in a state.</summary>
    public void Series(SeriesPhase state, int count) => _series[(int)state].Set(count);

    /// <summary>Event time until the last of the warming series is trained; zero when none is warming.</summary>
    public void WarmupRemaining(TimeSpan remaining) => _warmupRemaining.Set(remaining.TotalSeconds);

    /// <summary>Age of the oldest model that is scoring.</summary>
    public void ModelAge(TimeSpan age) => _modelAge.Set(age.TotalSeconds);

    /// <summary>It was decided which model serves.</summary>
    public void ModelDecided(string outcome) => _decided[outcome].Inc();

    /// <summary>A drift alert was published.</summary>
    public void DriftAlert(DriftReason reason, AlertState state) => _driftAlerts[(int)reason, (int)state].Inc();

    /// <summary>Largest drift of the inputs across the series, at their last reviews.</summary>
    public void DriftStatistics(double input, double level)
    {
        _driftInput.Set(input);
        _driftLevel.Set(level);
    }

    /// <summary>A training yielded no model.</summary>
    public void TrainingFailed() => _trainingFailures.Inc();

    /// <summary>A model came into service in another precision than was asked for.</summary>
    public void PrecisionRefused() => _precisionRefusals.Inc();

    /// <summary>Loss at the end of a training; called once a training.</summary>
    public void TrainingLoss(string network, double training, double validation)
    {
        _trainingLoss.WithLabels(_pipeline, network, "training").Set(training);
        _trainingLoss.WithLabels(_pipeline, network, "validation").Set(validation);
    }

    /// <summary>A counter for each value of the label and each state, at zero from the start.</summary>
    private static Counter.Child[,] Alerts<T>(Counter family, string pipeline)
        where T : struct, Enum
    {
        string[] labels = Labels<T>(), states = Labels<AlertState>();
        var counters = new Counter.Child[labels.Length, states.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            for (int column = 0; column < states.Length; column++)
                counters[row, column] = family.WithLabels(pipeline, labels[row], states[column]);
        }

        return counters;
    }

    private static string[] Labels<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
