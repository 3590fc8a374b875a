using System.Collections.Concurrent;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>The live state of one configured pipeline: its series and their models.</summary>
internal sealed class PipelineRuntime(string name, PipelineOptions options, string configHash, ModelLearner learner, PipelineSinks sinks, PipelineMetrics metrics)
{
    private readonly ConcurrentDictionary<string, ModelSlot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeriesState> _series = [];
    private readonly Lock _creating = new();
    private int _count;

    public string Name { get; } = name;

    public PipelineOptions Options { get; } = options;

    public string ConfigHash { get; } = configHash;

    public ModelLearner Learner { get; } = learner;

    public PipelineSinks Sinks { get; } = sinks;

    public PipelineMetrics Metrics { get; } = metrics;

    public bool IsShared { get; } = options.Model.Scope == "pipeline";

    /// <summary>Every series seen so far.</summary>
    public IReadOnlyCollection<SeriesState> Series => _series;

    /// <summary>The places of the models.</summary>
    public IEnumerable<ModelSlot> Slots => _slots.Values;

    /// <summary>What explains the features in alerts; sources add theirs.</summary>
    public ConcurrentQueue<IFeatureNotes> Notes { get; } = [];

    /// <summary>Told of stored models that could not be used, a sentence each.</summary>
    public Action<string>? Refused { get; set; }

    public bool Matches(string series) => SeriesPattern.Matches(Options.Series, series);

    /// <summary>Starts to watch a series.</summary>
    /// <param name="key">Key of the series.</param>
    /// <param name="modelReady">Called, on any thread, when the series has a model to follow.</param>
    /// <returns>Null when as many series are watched as the options allow.</returns>
    public SeriesState? TryCreateSeries(string key, Action<SeriesState> modelReady)
    {
        if (Interlocked.Increment(ref _count) > Options.MaxSeries)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        ModelSlot slot = SlotOf(key);
        var series = new SeriesState(key, this, slot, modelReady);
        slot.Join(series);
        _series.Enqueue(series);
        if (slot.Model is not null)
            series.NotifyModelReady();
        return series;
    }

    /// <summary>Looks for the stored model of a pipeline whose series share one, so that it serves from the first sample.</summary>
    public void LoadShared()
    {
        if (IsShared)
            SlotOf("");
    }

    /// <summary>The place of the model of a series; on first sight its stored model is looked for.</summary>
    public ModelSlot SlotOf(string series)
    {
        // Under a lock: two sources that meet a series at once must not load its model twice.
        lock (_creating)
            return _slots.GetOrAdd(IsShared ? ArtifactManifest.SharedKey : series, CreateSlot);
    }

    private ModelSlot CreateSlot(string key)
    {
        var slot = new ModelSlot(key, Options);
        LearnedModel? found = Learner.Find(key, Accepts, out IReadOnlyList<string> refusals);
        foreach (string refusal in refusals)
            Refused?.Invoke(refusal);
        if (found is not null)
            slot.Activate(Live(found));
        return slot;
    }

    /// <summary>Puts a learned model into the form that serves.</summary>
    public LiveModel Live(LearnedModel learned)
    {
        WindowShape shape = WindowShape.From(Options.Window, learned.PeriodTicks);
        var quality = QualityLimits.From(Options.Quality, shape, learned.Baseline, learned.Model.Features.Count, Options.Alert.MergeGap);
        return new LiveModel(learned.Model, learned.Threshold, shape, learned.Version, learned.TrainedAt, quality);
    }

    private bool Accepts(int rows, long periodTicks)
    {
        WindowShape shape = WindowShape.From(Options.Window, periodTicks);
        return shape.Rows == rows && shape.PeriodTicks == periodTicks;
    }

    /// <summary>The alert with what stands behind its features, as far as a source says.</summary>
    public Alert Explain(Alert alert) => Notes.IsEmpty ? alert : alert with { Features = [.. alert.Features.Select(feature => Explain(alert.Series, feature))] };

    private AlertFeature Explain(string series, AlertFeature feature)
    {
        foreach (IFeatureNotes notes in Notes)
        {
            if (notes.Find(series, feature.Name) is { } note)
                return feature with { Template = note.Template, Examples = note.Examples };
        }

        return feature;
    }
}
