using System.Collections.Concurrent;
using System.Text.Json;
using Detector.Worker.Contracts;
using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>
/// Every metric of the daemon, and the one class that creates them. Units are base units; a series key is never a label.
/// Who measures asks once for its holder (<see cref="Source"/>, <see cref="Pipeline"/>, …), so that measuring looks nothing up and allocates nothing.
/// </summary>
internal sealed partial class DetectorMetrics
{
    private readonly FamilyFactory _families;
    private readonly ConcurrentDictionary<string, SourceMetrics> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PipelineMetrics> _pipelines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SinkMetrics> _sinks = new(StringComparer.Ordinal);
    private readonly Counter _feedbackFamily;
    private readonly Counter.Child[] _feedback;
    private readonly ConcurrentDictionary<string, StageMetrics> _stages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Look, Action> _looks = new();

    /// <param name="registry">Where the metrics are published: the default one in the service, one of their own in tests.</param>
    public DetectorMetrics(CollectorRegistry registry)
    {
        MetricFactory plain = Metrics.WithCustomRegistry(registry);
        FamilyFactory factory = _families = new FamilyFactory(plain);
        _ingestion = new IngestionFamilies(factory);
        _scoring = new ScoringFamilies(factory);
        _learning = new LearningFamilies(factory);
        _stageFamilies = new StageFamilies(factory);
        _publishErrors = factory.CreateCounter("detector_publish_errors_total", "Records that a sink could not deliver.", ["sink", "reason"]);
        _buildInfo = factory.CreateGauge("detector_build_info", "Always 1; the labels tell version, device and package mode.", ["version", "device", "packages"]);
        TrainingDuration = factory.CreateHistogram("detector_training_duration_seconds", "Time that training one model took.", [],
            [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000]);
        _feedbackFamily = factory.CreateCounter("detector_alerts_feedback_total", "Alerts marked by people, by verdict.", ["verdict"]);
        _feedback = [.. Enum.GetNames<FeedbackVerdict>().Select(verdict => _feedbackFamily.WithLabels(JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict)))];
        _reloadSuccessful = factory.CreateUnsetGauge(
            "detector_config_last_reload_successful", "Whether the configuration that was read last is in force: 1, or 0 when it was refused and the one before it stays.");
        _reloadTime = factory.CreateUnsetGauge(
            "detector_config_last_reload_success_timestamp_seconds", "When the configuration in force was taken up, in seconds since 1970.");
        Checkpoints = new CheckpointMetrics(plain);
        Registry = registry;
        // Once for good: a registry forgets no callback, while services come and go with their configuration.
        registry.AddBeforeCollectCallback(() =>
        {
            foreach (Action update in _looks.Values)
                update();
        });
    }

    /// <summary>The registry that <c>/metrics</c> shows.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>The metrics of snapshots.</summary>
    public CheckpointMetrics Checkpoints { get; }

    /// <summary>Has gauges brought up to date just before they are read, until the result is disposed.</summary>
    public IDisposable BeforeEachRead(Action update)
    {
        var look = new Look(_looks);
        _looks[look] = update;
        return look;
    }

    /// <summary>The configuration was read again, and taken up or not.</summary>
    public void ConfigurationReloaded(bool taken, DateTimeOffset now)
    {
        _reloadSuccessful.Set(taken ? 1 : 0);
        if (taken)
            _reloadTime.Set(now.ToUnixTimeMilliseconds() / 1000.0);
    }

    /// <summary>The metrics of a source, the same holder for the same name.</summary>
    public SourceMetrics Source(string name) => _sources.GetOrAdd(name, static (name, metrics) => new SourceMetrics(metrics._ingestion, name), this);

    /// <summary>The metrics of the log lines of a source.</summary>
    public LogMetrics Logs(string source) => new(_ingestion, source);

    /// <summary>The metrics of a pipeline.</summary>
    public PipelineMetrics Pipeline(string name) => _pipelines.GetOrAdd(
        name, static (name, metrics) => new PipelineMetrics(metrics._scoring, metrics._learning, name), this);

    /// <summary>The metrics of a sink.</summary>
    public SinkMetrics Sink(string name) => _sinks.GetOrAdd(name, static (name, metrics) => new SinkMetrics(metrics._publishErrors, name), this);

    /// <summary>The metrics of a stage: <c>decode</c>, <c>window</c>, <c>score</c>, <c>decide</c>, <c>publish</c>, <c>train</c>.</summary>
    public StageMetrics Stage(string name) => _stages.GetOrAdd(name, static (name, metrics) => new StageMetrics(metrics._stageFamilies, name), this);

    /// <summary>Forgets what was measured of sources, pipelines and sinks under other names: they are no longer configured.</summary>
    public void KeepOnly(ICollection<string> sources, ICollection<string> pipelines, ICollection<string> sinks)
    {
        KeepOnly(_sources, "source", sources);
        KeepOnly(_pipelines, "pipeline", pipelines);
        KeepOnly(_sinks, "sink", sinks);
    }

    /// <summary>An alert was marked.</summary>
    public void Feedback(FeedbackVerdict verdict) => _feedback[(int)verdict].Inc();

    /// <summary>One model was trained.</summary>
    public void Trained(TimeSpan duration) => TrainingDuration.Observe(duration.TotalSeconds);

    /// <summary>Says what is running.</summary>
    public void BuildInfo(string version, string device, string packages) => _buildInfo.WithLabels(version, device, packages).Set(1);

    private void KeepOnly<T>(ConcurrentDictionary<string, T> holders, string label, ICollection<string> names)
    {
        foreach (string name in holders.Keys.Where(name => !names.Contains(name)))
        {
            holders.TryRemove(name, out _);
            _families.Forget(label, name);
        }
    }

    private sealed class Look(ConcurrentDictionary<Look, Action> looks) : IDisposable
    {
        public void Dispose() => looks.TryRemove(this, out _);
    }
}
