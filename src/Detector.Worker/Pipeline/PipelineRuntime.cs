using System.Collections.Concurrent;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline.History;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>The live state of one configured pipeline: its series and their models.</summary>
internal sealed class PipelineRuntime(string name, PipelineOptions options, string configHash, ModelLearner learner, PipelineSinks sinks, PipelineMetrics metrics)
{
    private readonly ConcurrentDictionary<string, ModelSlot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SeriesState, bool> _series = [];
    private readonly Lock _creating = new();
    private GroupModel? _group;
    private SharedLearning? _shared;
    private int _count;

    public string Name { get; } = name;

    public PipelineOptions Options { get; } = options;

    public string ConfigHash { get; } = configHash;

    public ModelLearner Learner { get; } = learner;

    public PipelineSinks Sinks { get; } = sinks;

    public PipelineMetrics Metrics { get; } = metrics;

    public bool IsShared { get; } = options.Model.Scope == "pipeline";

    /// <summary>Learns the model that all series share anew; null where they do not, or where it stays as it is.</summary>
    public SharedLearning? Shared => IsShared && Options.Training.Retrain.Every is not null ? LazyInitializer.EnsureInitialized(ref _shared, () => new SharedLearning(this)) : null;

    /// <summary>The model of new series; null where they wait for their own.</summary>
    public GroupModel? Group => Options.Model.ColdStart == "group" && !IsShared ? LazyInitializer.EnsureInitialized(ref _group, () => new GroupModel(this)) : null;

    /// <summary>Every series seen so far.</summary>
    public IReadOnlyCollection<SeriesState> Series => (IReadOnlyCollection<SeriesState>)_series.Keys;

    /// <summary>How many series are in memory.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether series that exceed <see cref="PipelineOptions.MaxSeries"/> make room on disk instead of being refused.</summary>
    public bool Spills { get; set; }

    /// <summary>The places of the models.</summary>
    public IEnumerable<ModelSlot> Slots => Group is { Slot: { Model: not null } common } ? _slots.Values.Append(common) : _slots.Values;

    /// <summary>Whether its features are counts of log lines, which may well repeat a value: a sensor that does is stuck.</summary>
    public bool Counts { get; init; }

    /// <summary>What the judges of its series share.</summary>
    public DecidingContext Deciding { get; init; } = DecidingContext.None;

    /// <summary>Where its series keep their past for the page; null when there is none.</summary>
    public HistoryBudget? History { get; init; }

    /// <summary>What explains the features in alerts; sources add theirs.</summary>
    public FeatureNotes Notes { get; } = new();

    /// <summary>Told of stored models that could not be used, a sentence each.</summary>
    public Action<string>? Refused { get; set; }

    public bool Matches(string series) => SeriesPattern.Matches(Options.Series, series);

    /// <summary>Starts to watch a series.</summary>
    /// <param name="key">Key of the series.</param>
    /// <param name="modelReady">Called, on any thread, when the series has a model to follow.</param>
    /// <returns>Null when as many series are watched as the options allow.</returns>
    public SeriesState? TryCreateSeries(string key, Action<SeriesState> modelReady)
    {
        if (Interlocked.Increment(ref _count) > Options.MaxSeries + (Spills ? 64 + (Options.MaxSeries / 4) : 0))
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        SeriesState series = Add(key, SlotOf(key), modelReady);
        if (series.Slot.Model is not null)
            series.NotifyModelReady();
        return series;
    }

    /// <summary>Brings a series back from its saved state.</summary>
    /// <param name="record">What was saved.</param>
    /// <param name="home">The partition in whose state it was saved.</param>
    /// <param name="arrival">Clock reading that stands for the arrival of what was held back.</param>
    /// <exception cref="InvalidDataException">The record cannot be used.</exception>
    public SeriesState Restore(string key, byte[] record, LanePartition home, Action<SeriesState> modelReady, long arrival)
    {
        // A model that is stored since then served nobody yet at that time: the series goes on collecting, and comes to it by itself.
        ModelSlot slot = SlotOf(key, find: SeriesState.HadModel(record));
        Interlocked.Increment(ref _count);
        SeriesState series = Add(key, slot, modelReady);
        try
        {
            series.Load(record, home, arrival);
        }
        catch
        {
            Remove(series);
            throw;
        }

        if ((slot.Model is not null && series.Model is null) || (series.IsHolding && slot.Phase != SlotPhase.Training))
            series.NotifyModelReady();
        return series;
    }

    /// <summary>Drops a series from memory; nothing of it may be on its way.</summary>
    /// <param name="mayBeOnItsWay">Whether windows of it may be in scoring; then its model is left to the collector.</param>
    public void Remove(SeriesState series, bool mayBeOnItsWay = false)
    {
        if (!_series.TryRemove(series, out _))
            return;
        Interlocked.Decrement(ref _count);
        if (series.Learning is { } learning)
            Shared?.Leave(learning);
        lock (_creating)
        {
            if (series.Slot.Leave(series) && !IsShared && _slots.TryRemove(series.Slot.Key, out ModelSlot? slot) && !mayBeOnItsWay)
                slot.Model?.Scorer.Dispose();
        }
    }

    private SeriesState Add(string key, ModelSlot slot, Action<SeriesState> modelReady)
    {
        var series = new SeriesState(key, this, slot, modelReady);
        slot.Join(series);
        _series.TryAdd(series, true);
        return series;
    }

    /// <summary>Whether the model that all series share is in service.</summary>
    public bool HasSharedModel => IsShared && SlotOf("").Model is not null;

    /// <summary>Looks for the stored model of a pipeline whose series share one, or begin with one, so that it serves from the first sample.</summary>
    public void LoadShared()
    {
        if (IsShared)
            SlotOf("");
        Group?.Find();
    }

    /// <summary>The place of the model of a series; on first sight its stored model is looked for.</summary>
    /// <param name="series">Key of the series.</param>
    /// <param name="find">Whether a stored model may serve.</param>
    public ModelSlot SlotOf(string series, bool find = true)
    {
        // Under a lock: two sources that meet a series at once must not load its model twice.
        lock (_creating)
            return _slots.GetOrAdd(IsShared ? ArtifactManifest.SharedKey : series, key => CreateSlot(key, find));
    }

    private ModelSlot CreateSlot(string key, bool find)
    {
        var slot = new ModelSlot(key, Options);
        if (!find)
            return slot;
        if (Find(key) is { } found)
            slot.Activate(Live(found));
        return slot;
    }

    /// <summary>The newest stored model that verifies and fits; null when there is none.</summary>
    public LearnedModel? Find(string key)
    {
        LearnedModel? found = Learner.Find(key, Accepts, out IReadOnlyList<string> refusals);
        foreach (string refusal in refusals)
            Refused?.Invoke(refusal);
        return found;
    }

    /// <summary>Puts a learned model into the form that serves.</summary>
    public LiveModel Live(LearnedModel learned)
    {
        if (learned.Model.PrecisionNote is { } note)
        {
            Metrics.PrecisionRefused();
            Refused?.Invoke($"Version '{learned.Version}' of a model in pipeline '{Name}' {note}");
        }

        WindowShape shape = WindowShape.From(Options.Window, learned.PeriodTicks);
        var quality = QualityLimits.From(Options.Quality, shape, learned.Baseline, learned.Model.Features.Count, Options.Alert.MergeGap, mayRepeat: Counts);
        return new LiveModel(learned.Model, learned.Threshold, shape, learned.Version, learned.TrainedAt, quality, learned.Baseline, learned.Range?.Last ?? 0);
    }

    /// <summary>One stored version of a model, ready to serve; null when it cannot.</summary>
    /// <param name="refusal">Why not.</param>
    public LiveModel? Load(string key, string version, out string refusal) =>
        Learner.TryRead(key, version, Accepts, out refusal) is { } learned ? Live(learned) : null;

    /// <summary>Writes a decision down that is in force in any case.</summary>
    public void TryRecord(string key, ModelDecision decision)
    {
        try
        {
            Learner.Record(key, decision);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refused?.Invoke($"A decision about model '{key}' in pipeline '{Name}' could not be written down: {error.Message}");
        }
    }

    private bool Accepts(int rows, long periodTicks)
    {
        WindowShape shape = WindowShape.From(Options.Window, periodTicks);
        return shape.Rows == rows && shape.PeriodTicks == periodTicks;
    }
}
