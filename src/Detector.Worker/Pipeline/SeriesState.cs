using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline.History;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The live state of one series of one pipeline. Everything up to the window is owned by the thread of its source;
/// <see cref="Memory"/> by the scoring thread, <see cref="Judge"/> by the deciding thread; <see cref="Pool"/> is guarded by the slot.
/// </summary>
internal sealed partial class SeriesState(string key, PipelineRuntime pipeline, ModelSlot slot, Action<SeriesState> modelReady)
{
    private readonly ReorderBuffer _reorder = new(pipeline.Options.Window.AllowedLateness);
    private readonly Backlog _backlog = new();
    private readonly MaintenanceWatch _maintenance = new(pipeline.Deciding.Maintenance, pipeline.Name, key);
    private WindowBuffer? _window;
    private LiveModel? _model;
    private volatile SeriesJudge? _judge;
    private double[] _row = [];
    private double[] _heldRow = [];
    private bool _restarted;

    public string Key { get; } = key;

    public PipelineRuntime Pipeline { get; } = pipeline;

    public ModelSlot Slot { get; } = slot;

    /// <summary>What the series' model learns from.</summary>
    public WarmupPool Pool { get; } = new();

    /// <summary>Judges the series' scores; there once <see cref="Model"/> is.</summary>
    public SeriesJudge? Judge => _judge;

    /// <summary>The model the source thread scores with.</summary>
    public LiveModel? Model => _model;

    /// <summary>What <see cref="Model"/> remembers of the series: it goes along with each window, and changes on the scoring thread.</summary>
    public SeriesMemory? Memory { get; private set; }

    /// <summary>Event time of the newest sample, UTC ticks.</summary>
    public long NewestTicks { get; private set; }

    /// <summary>Whether samples of this series that are held back would be due if its event time were <paramref name="ticks"/>.</summary>
    public bool IsOverdue(long ticks) => _reorder.Count > 0 && ticks - NewestTicks > Pipeline.Options.Window.AllowedLateness.Ticks;

    /// <summary>Figures of the latest verdict, for displays.</summary>
    public SeriesStatus Status { get; } = new();

    /// <summary>Its past, for the page; null where none is kept.</summary>
    public SeriesHistory? History { get; private set; }

    /// <summary>Whether samples wait for a model. May be read by any thread.</summary>
    public bool IsHolding => !_backlog.IsEmpty;

    /// <summary>
    /// Whether it had no model for a while in this life. Where messages are gone through in silence, nobody knows whether what waited for one was published
    /// before: it is, again perhaps.
    /// </summary>
    public bool HasWaited { get; private set; }

    /// <summary>Called by the slot, on any thread, when it has become active or collects anew.</summary>
    public void NotifyModelReady() => modelReady(this);

    /// <summary>Takes a sample. On success the sample holds a claim of its own on the message.</summary>
    public DropReason Offer(DecodedSample sample, Receipt receipt, long arrival, ISeriesOutput output, out int unknown)
    {
        output.BeforeChange(this);
        int width = Bind(sample, out unknown);
        if (_watch is { } watch && (unknown > 0 || sample.WrongType > 0))
            Inspect(watch, sample, receipt, output);
        if (width == 0)
            return unknown > 0 && Slot.Schema.IsFull ? DropReason.FeatureLimit : DropReason.NoFeatures;
        receipt.Retain();
        DropReason reason = _reorder.Add(sample.Ticks, _row.AsSpan(0, width), receipt);
        if (reason != DropReason.None)
        {
            receipt.Release();
            return reason;
        }

        NewestTicks = Math.Max(NewestTicks, sample.Ticks);
        Samples++;
        TakeDue(arrival, output);
        return DropReason.None;
    }

    /// <summary>Lets go what was held back for late samples: none are waited for.</summary>
    public void ReleaseHeld(long arrival, ISeriesOutput output)
    {
        if (_reorder.Count == 0)
            return;
        output.BeforeChange(this);
        _reorder.EndOfInput();
        TakeDue(arrival, output);
    }

    /// <summary>
    /// Follows the slot after it told of a change: takes up its model and the samples held back since, as far as the output has room,
    /// or offers them to the collection that goes on.
    /// </summary>
    /// <returns>True once nothing is held back any more.</returns>
    public bool Follow(ISeriesOutput output)
    {
        output.BeforeChange(this);
        if (_model is null && Slot.Model is { } model)
            Adopt(model);
        if (_cold is not null && Slot.Model is { } own)
            TakeOver(own);
        while (!_backlog.IsEmpty)
        {
            if (!output.HasRoom)
                return false;
            int width = Schema.Count + NewNames.Length;
            if (_heldRow.Length < width)
                _heldRow = new double[width];
            Span<double> row = _heldRow.AsSpan(0, width);
            _backlog.Peek(row, out long ticks, out Receipt receipt, out long arrival);
            if (!TryPass(ticks, row, receipt, arrival, output))
                return true; // the slot is training again; the backlog waits for it
            _backlog.Advance();
        }

        return true;
    }

    private void TakeDue(long arrival, ISeriesOutput output)
    {
        while (_reorder.TryTake(out long ticks, out ReadOnlySpan<double> row, out Receipt receipt))
        {
            if (!_backlog.IsEmpty || !TryPass(ticks, row, receipt, arrival, output))
                _backlog.Add(ticks, row, receipt, arrival);
        }
    }

    /// <summary>Scores a sample, or learns from it; false while the slot is training.</summary>
    private bool TryPass(long ticks, ReadOnlySpan<double> row, Receipt receipt, long arrival, ISeriesOutput output)
    {
        if (_model is not null && _cold is null)
        {
            if (WaitsForAnswer(ticks))
                return false;
            Watch(_watch!, ticks, row, receipt, output);
            _new?.Lay(_window!, ticks, row[Math.Min(row.Length, Schema.Count)..]);
            WindowStep step = _window!.Add(ticks, row);
            _restarted |= (step & WindowStep.Restarted) != 0;
            if ((step & WindowStep.Ready) != 0 && ticks >= QuietUntil)
            {
                LiveModel model = ModelFor(ticks, output);
                output.Score(this, model, _window.Window, ticks, receipt, arrival);
                _hasBegun = true;
            }
            else
            {
                output.Skip(this, ticks, receipt);
            }

            _passedTicks = ticks;
            return true;
        }

        if (Slot.Phase == SlotPhase.Warming && IsLeftOut(ticks))
        {
            output.Skip(this, ticks, receipt);
            return true;
        }

        bool learned = Slot.TryLearn(this, ticks, row, out bool complete);
        if (complete)
            output.RequestTraining(this);
        if (learned && !TryScoreCold(ticks, row, receipt, arrival, output))
            output.Skip(this, ticks, receipt);
        return learned;
    }

    /// <summary>Whether a gap emptied the window since this was asked before.</summary>
    public bool TakeRestart()
    {
        bool restarted = _restarted;
        _restarted = false;
        return restarted;
    }

    /// <summary>Whether nothing must be learned from a sample: the series was under maintenance, or what it did was confirmed to be a fault.</summary>
    private bool IsLeftOut(long ticks) => _maintenance.Covers(ticks) || Pipeline.Deciding.Feedback.IsFaulty(Pipeline.Name, Key, ticks);

    private void Adopt(LiveModel model)
    {
        HasWaited = Pool.Count > 0 || IsHolding;
        Use(model, BeginReviews(model, Pool));
        GoOnFromPool(model);
    }

    /// <summary>Fills the window with what was learned from, and lets that go.</summary>
    private void GoOnFromPool(LiveModel model)
    {
        double[] row = new double[model.Scorer.Features.Count];
        for (int i = 0; i < Pool.Count; i++)
        {
            Pool.CopyRow(i, row);
            _window!.Add(Pool.Ticks[i], row);
        }

        if (Pool.Count > 0)
            _watch!.Observe(Pool.Ticks[^1], row, this);
        Pool.Clear();
    }

    /// <summary>Begins anew with a model: an empty window, its threshold as it was trained.</summary>
    /// <param name="learning">What it goes on learning from, if it does.</param>
    private void Use(LiveModel model, SeriesLearning? learning)
    {
        int features = model.Scorer.Features.Count;
        _window = new WindowBuffer(model.Shape, features);
        _new?.Restart();
        _watch = model.IsOfGroup ? null : new QualityWatch(model.Quality, model.Scorer.Features);
        _scored = Memory = model.Scorer.CreateMemory();
        Quality = new QualityJudge(Identity, Pipeline.Options.Alert, model.Named, Context);
        if (!model.IsOfGroup)
            Learning = learning;
        _hasBegun = true;
        Judged = model;
        // Last: the deciding thread may just be saving the series as it was before, and takes the one for a sign of the other.
        _judge = CreateJudge(model);
        History = Pipeline.History?.Create(features, Pipeline.Series.Count);
        _model = model;
    }

    private SeriesIdentity Identity => new(Pipeline.Name, Key, Pipeline.ConfigHash);

    private DecidingContext Context => Pipeline.Deciding with { Notes = Pipeline.Notes };

    private SeriesJudge CreateJudge(LiveModel model, ThresholdState? threshold = null) =>
        new(Identity, Pipeline.Options.Alert, model.Scorer, model.Named,
            model.IsOfGroup ? ThresholdFactory.Restore(model.Threshold, ColdShare) : ThresholdFactory.Restore(threshold ?? model.Threshold), Context with { Known = Learning is { } learning ? learning : NoExcuses.Instance });
}
