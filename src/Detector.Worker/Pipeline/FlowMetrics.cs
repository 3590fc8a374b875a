using System.Runtime.InteropServices;
using Detector.Models.Training;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Pipeline;

/// <summary>Takes the figures of a running flow. What is a state rather than an event is looked up when metrics are collected.</summary>
internal sealed class FlowMetrics : IStageTiming
{
    private readonly DetectorMetrics _metrics;
    private readonly IReadOnlyList<PipelineRuntime> _pipelines;
    private readonly TimeProvider _clock;
    private readonly StageMetrics _score;
    private readonly StageMetrics _decide;
    private readonly Dictionary<string, LaneCounters> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<PipelineRuntime, int> _batchCounts = [];
    private long _scoringSince;

    /// <param name="sources">Names of the sources.</param>
    public FlowMetrics(DetectorMetrics metrics, IReadOnlyList<PipelineRuntime> pipelines, IEnumerable<string> sources, TimeProvider clock)
    {
        _metrics = metrics;
        _pipelines = pipelines;
        _clock = clock;
        _score = metrics.Stage("scoring");
        _decide = metrics.Stage("deciding");
        foreach (string source in sources)
            _lanes.Add(source, new LaneCounters(metrics.Source(source)));
    }

    /// <summary>Messages taken from all sources.</summary>
    public long MessagesRead => _lanes.Values.Sum(lane => lane.Messages);

    /// <summary>How long the present step of scoring has taken; zero between two steps. Any thread.</summary>
    public TimeSpan ScoringFor => Interlocked.Read(ref _scoringSince) is var since and not 0 ? _clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The counters of a source's lane.</summary>
    public LaneCounters Lane(string source) => _lanes[source];

    public void Scoring(PipelineBatch batch, Action<WindowBatch> work)
    {
        long started = _clock.GetTimestamp();
        Interlocked.Exchange(ref _scoringSince, started);
        work(batch.Windows);
        Interlocked.Exchange(ref _scoringSince, 0);
        _score.Duration(_clock.GetElapsedTime(started));
        _batchCounts.Clear();
        for (int i = 0; i < batch.Count; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_batchCounts, batch.Series(i).Pipeline, out _)++;
        }

        foreach ((PipelineRuntime pipeline, int windows) in _batchCounts)
            pipeline.Metrics.BatchScored(windows, _clock.GetUtcNow());
    }

    public void Deciding(PipelineBatch batch, Action<PipelineBatch> work)
    {
        long started = _clock.GetTimestamp();
        work(batch);
        _decide.Duration(_clock.GetElapsedTime(started));
    }

    /// <summary>The progress of a training as metrics.</summary>
    public static IProgress<TrainingProgress> TrainingProgress(PipelineRuntime pipeline) => new LossGauge(pipeline.Metrics);

    public void Trained(LearnedModel learned) => _metrics.Trained(TimeSpan.FromSeconds(learned.Report!.Seconds));

    /// <summary>Looks the states up before each collection, until the result is disposed.</summary>
    public IDisposable Watch(DataFlow flow, IReadOnlyList<ISource> sources) => _metrics.BeforeEachRead(() =>
    {
        DateTimeOffset now = _clock.GetUtcNow();
        foreach (BoundedQueue<PipelineBatch> queue in flow.Queues)
        {
            StageMetrics stage = _metrics.Stage(queue.Stage);
            stage.QueueLength(queue.Count);
            stage.QueueCapacity(queue.Capacity);
        }

        foreach (ISource source in sources)
        {
            SourceMetrics metrics = _metrics.Source(source.Name);
            metrics.ConsumerLag(source.Lag);
            if (_lanes[source.Name].Skew.Estimate() is { } skew)
                metrics.ClockSkew(skew);
            if (_lanes[source.Name].NewestTicks is > 0 and var newest)
                metrics.WatermarkLag(TimeSpan.FromTicks(now.UtcTicks - newest));
        }

        _metrics.Checkpoints.Look(now);
        foreach (PipelineRuntime pipeline in _pipelines)
            Look(pipeline, now);
    });

    private static void Look(PipelineRuntime pipeline, DateTimeOffset now)
    {
        PipelineMetrics metrics = pipeline.Metrics;
        SeriesState[] series = [.. pipeline.Series];
        int active = series.Count(state => state.Slot.Phase == SlotPhase.Active);
        int silent = series.Count(state => state.IsSilent);
        metrics.Series(SeriesPhase.Active, active - silent);
        metrics.Series(SeriesPhase.Stale, silent);
        metrics.Series(SeriesPhase.Warming, series.Length - active);
        ModelSlot[] slots = [.. pipeline.Slots];
        metrics.WarmupRemaining(slots.Length == 0 ? TimeSpan.Zero : slots.Max(slot => slot.Remaining()));
        foreach (Severity severity in Enum.GetValues<Severity>())
            metrics.EpisodesOpen(severity, series.Count(state => state.Judge?.Firing == severity));

        LiveModel[] models = [.. slots.Select(slot => slot.Model).OfType<LiveModel>()];
        if (models.Length > 0)
            metrics.ModelAge(now - models.Min(model => model.TrainedAt));
        double[] thresholds = [.. series.Where(state => state.Status.Ticks > 0).Select(state => state.Status.Threshold).Order()];
        if (thresholds.Length > 0)
            metrics.Thresholds(thresholds[thresholds.Length / 2], thresholds[^1]);
        metrics.Drift(series.Max(state => state.Judge?.Drift));
        SeriesLearning[] learning = [.. series.Select(state => state.Learning).OfType<SeriesLearning>()];
        if (learning.Length > 0)
            metrics.DriftStatistics(learning.Max(state => state.Drift.Input), learning.Max(state => Math.Abs(state.Drift.Shift)));
    }

    private sealed class LossGauge(PipelineMetrics metrics) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => metrics.TrainingLoss(value.Network, value.TrainingLoss, value.ValidationLoss);
    }
}
