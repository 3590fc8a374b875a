using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Worker.Cli.Backtest;

/// <summary>
/// Runs one pipeline over a file on the calling thread: the same decoding, windowing, training, scoring and judging as the service, in the order
/// of the input, so that every number depends on earlier rows only.
/// </summary>
/// <param name="pipeline">The pipeline; its warm-up is to be endless, since <see cref="Train"/> ends it.</param>
/// <param name="decoder">Decodes the rows.</param>
internal sealed class BacktestRun(PipelineRuntime pipeline, IDecoder decoder, string seriesKey)
    : IMessageSink, ISampleSink, ISeriesOutput, IVerdictReceiver, IChallenges, IDisposable
{
    private readonly PipelineBatch _batch = new(256);
    private readonly BatchScorer _scorer = new();
    private readonly List<BacktestRow> _rows = [];
    private readonly List<Alert> _alerts = [];
    private readonly Dictionary<DropReason, int> _dropped = [];
    private IDecoder _decoder = decoder;
    private readonly Queue<int> _pending = [];
    private VerdictStage? _verdicts;
    private SeriesState? _series;
    private bool _trained;
    private WarmupPool? _learnedFrom; // where models are learned anew: what the first one was learned from

    /// <summary>One entry for each accepted row after training, in order of event time.</summary>
    public IReadOnlyList<BacktestRow> Rows => _rows;

    public IReadOnlyList<Alert> Alerts => _alerts;

    /// <summary>Rows that could not be used, by reason.</summary>
    public IReadOnlyDictionary<DropReason, int> Dropped => _dropped;

    /// <summary>Rows accepted so far.</summary>
    public int Accepted { get; private set; }

    /// <summary>The training run; null before <see cref="Train"/>.</summary>
    public LearnedModel? Learned { get; private set; }

    /// <summary>What was decided about models that were learned anew, with <c>Training:Retrain</c>.</summary>
    public IList<ModelDecision> Decisions { get; } = [];

    /// <summary>Rows after which <see cref="Train"/> is called by itself; null when the caller does.</summary>
    public int? TrainAfter { get; init; }

    /// <summary>Messages, by their offset, after which <see cref="Train"/> is called by itself; null when the caller or <see cref="TrainAfter"/> does.</summary>
    public long? TrainAfterMessages { get; init; }

    /// <summary>Told of the progress of training.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Shown every batch of scored windows, valid during the call.</summary>
    public Action<WindowBatch>? Scored { get; init; }

    bool ISeriesOutput.HasRoom => true;

    private SeriesState Series => _series ??= StartSeries();

    public bool TryAccept(in RawMessage message)
    {
        if (!_trained && message.Offset == TrainAfterMessages)
        {
            _decoder.Finish(this);
            Train(CancellationToken.None);
        }

        DropReason reason = _decoder.Decode(message, this);
        if (reason != DropReason.None)
            Count(reason);
        return true;
    }

    public void Idle()
    {
    }

    void ISampleSink.Accept(DecodedSample sample)
    {
        if (!_trained && Accepted == TrainAfter)
            Train(CancellationToken.None);
        DropReason reason = Series.Offer(sample, Receipt.None, 0, this, out _);
        AwaitAnswers();
        if (reason == DropReason.None)
            Accepted++;
        else
            Count(reason);
    }

    /// <summary>Ends the warm-up and trains on what was read so far, but for samples that are still held back; <see cref="Finish"/> lets them in.</summary>
    /// <exception cref="TrainingException">The rows yield no model.</exception>
    public void Train(CancellationToken cancel)
    {
        _trained = true;
        Series.Slot.Complete();
        Learned = ModelTraining.Train(pipeline, Series.Slot, Progress, cancel);
        _learnedFrom = Learns ? Series.Pool.Copy() : null;
        Series.Slot.Activate(pipeline.Live(Learned));
        Series.Follow(this);
    }

    /// <summary>Goes on with another series of the same model, whose times may be earlier; where models are learned anew, it knows what the first one was learned from.</summary>
    /// <param name="next">Decodes its rows.</param>
    public void StartOver(IDecoder next)
    {
        Finish();
        _decoder = next;
        ModelSlot slot = Series.Slot;
        _series = new SeriesState(seriesKey, pipeline, slot, _ => { });
        _series.Follow(this);
        if (_learnedFrom is null)
            return;
        // The model may know other features by now.
        WarmupPool known = _learnedFrom.Copy();
        known.Arrange(FeaturePlaces.Of(Learned!.Model.Features, slot.Schema.Names));
        _series.Learning?.Begin(known, slot.Schema.Count);
    }

    /// <summary>A series with a model place of its own: a stored model must not keep it from learning.</summary>
    private SeriesState StartSeries()
    {
        var slot = new ModelSlot(pipeline.IsShared ? ArtifactManifest.SharedKey : seriesKey, pipeline.Options);
        var series = new SeriesState(seriesKey, pipeline, slot, _ => { });
        slot.Join(series);
        return series;
    }

    /// <summary>Lets go what is still held back for late samples, and scores it or, before <see cref="Train"/>, learns from it.</summary>
    public void Finish()
    {
        _decoder.Finish(this);
        _series?.ReleaseHeld(0, this);
        AwaitAnswers();
        Score();
    }

    /// <summary>Where models are learned anew, samples wait for the answer to a review, which waits in the batch.</summary>
    private void AwaitAnswers()
    {
        while (Learns && _series is { IsHolding: true } series)
        {
            Score();
            series.Follow(this);
        }
    }

    private bool Learns => pipeline.Options.Training.Retrain.Every is not null;

    void ISeriesOutput.Score(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        _batch.Add(series, model, window, ticks, receipt, arrival);
        _pending.Enqueue(_rows.Count);
        _rows.Add(new BacktestRow(ticks, null));
        if (_batch.IsFull)
            Score();
    }

    void ISeriesOutput.Skip(SeriesState series, long ticks, Receipt receipt)
    {
        if (series.Model is not null)
            _rows.Add(new BacktestRow(ticks, null));
    }

    void ISeriesOutput.Signal(SeriesState series, in QualitySignal signal, Receipt receipt) => _batch.AddSignal(series, signal, receipt, 0);

    void ISeriesOutput.RequestTraining(SeriesState series)
    {
    }

    void ISeriesOutput.Review(SeriesState series, long ticks, bool commanded) => _batch.AddReview(series, ticks, commanded, 0);

    bool IChallenges.TryTake(PipelineRuntime owner, string key, long reviewTicks) => true;

    void IChallenges.Request(Challenge challenge)
    {
        (ModelDecision decision, LiveModel? next) = ChallengerTraining.Decide(challenge, TimeProvider.System, CancellationToken.None);
        Decisions.Add(decision);
        challenge.Answer(next);
        if (pipeline.IsShared)
            challenge.Series.NotifyModelReady();
    }

    void IVerdictReceiver.OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival) =>
        _rows[_pending.Dequeue()] = new BacktestRow(ticks, verdict);

    void IVerdictReceiver.OnAlert(SeriesState series, Alert alert, Receipt receipt) => _alerts.Add(alert);

    private void Score()
    {
        _scorer.Score(_batch.Windows);
        Scored?.Invoke(_batch.Windows);
        (_verdicts ??= new VerdictStage(this, challenges: Learns ? this : null)).Judge(_batch);
        _batch.Clear();
    }

    private void Count(DropReason reason) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + 1;

    public void Dispose() => _scorer.Dispose();
}
