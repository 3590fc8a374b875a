using System.Collections.Concurrent;
using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Everything that happens on a source's own thread: decode, route to the series of each pipeline, window, and gather windows into batches for
/// scoring. When the scoring queue is full it refuses messages, and the source pauses.
/// </summary>
internal sealed partial class SourceLane(
    IDecoder decoder,
    IReadOnlyList<PipelineRuntime> pipelines,
    BatchPool pool,
    BoundedQueue<PipelineBatch> scoring,
    Action<SeriesState> requestTraining,
    LaneCounters counters,
    IDeadLetters deadLetters,
    TimeProvider clock,
    LaneCheckpoints? checkpoints = null) : IMessageSink, ISampleSink, ISeriesOutput
{
    /// <summary>A window waits this long at most for others to be scored with: a tile costs nearly the same with one window as with many.</summary>
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, SeriesState[]> _routes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeriesState> _ready = [];
    private readonly List<SeriesState> _following = [];
    private readonly Queue<PipelineBatch> _full = [];
    private readonly Dictionary<IReceiptLedger, LanePartition> _partitions = [];
    private PipelineBatch _open = pool.Rent();
    private Receipt _receipt;
    private long _arrival;
    private long _arrivalTicks;
    private LanePartition _partition = new(null);
    private long _number;
    private DropReason _dropped;
    private bool _accepted;

    public bool HasRoom => _full.Count == 0 && (!_open.IsFull || TrySend());

    public bool TryAccept(in RawMessage message)
    {
        _quiet.Interrupt(_arrival = clock.GetTimestamp());
        if (!Advance(_arrival, BusySlice) || !HasPlace || AwaitsAnswer)
            return false;
        _stuckSince = 0;
        _number++;
        _partition = PartitionOf(message.Receipt);
        _receipt = Claiming(message.Receipt, message.Offset);
        _arrivalTicks = clock.GetUtcNow().Ticks;
        _dropped = DropReason.None;
        _accepted = false;
        counters.Message();
        DropReason reason = DecoderOf(_partition).Decode(message with { Receipt = _receipt }, this);
        if (reason == DropReason.None && !_accepted)
            reason = _dropped;
        if (reason != DropReason.None)
            deadLetters.Accept(message with { Receipt = _receipt }, reason);
        Sweep();
        _partition.Next = message.Offset + 1;
        message.Receipt.Release();
        return true;
    }

    /// <summary>Whether a pipeline whose series share a model waits for the next one.</summary>
    private bool AwaitsAnswer
    {
        get
        {
            for (int i = 0; i < pipelines.Count; i++)
            {
                if (pipelines[i].Shared is { IsAwaited: true })
                    return true;
            }

            return false;
        }
    }

    public void Lost(DropReason reason, int messages)
    {
        counters.Message(messages);
        counters.Dropped(reason, messages);
    }

    /// <summary>Sends what has been gathered, waiting for room. Nothing is accepted afterwards.</summary>
    public void Flush()
    {
        SaveLast();
        ForgetDecoders();
        while (_full.TryDequeue(out PipelineBatch? batch))
            scoring.Add(batch);
        if (!_open.IsEmpty)
            scoring.Add(_open);
        _open = pool.Rent();
    }

    void ISampleSink.Accept(DecodedSample sample)
    {
        counters.Values(sample);
        counters.Skew.Add(sample.Ticks, _arrivalTicks);
        foreach (SeriesState series in Route(sample.Series))
        {
            DropReason reason = series.Offer(sample, _receipt with { Checkpoint = null }, _arrival, this, out int unknown);
            counters.Sample(series.Pipeline, sample.Ticks, reason, unknown);
            if (reason == DropReason.None)
                SeeSignOfLife(series, sample.Ticks);
            else
                _dropped = reason;
        }
    }

    void ISampleSink.Drop(DropReason reason, int samples)
    {
        foreach (PipelineRuntime pipeline in pipelines)
            LaneCounters.Dropped(pipeline, reason, samples);
    }

    void ISampleSink.Missed(int messages) => counters.Missed(messages);

    void ISeriesOutput.Score(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        if (_open.IsFull && !TrySend())
        {
            // In the middle of a message there is no going back: the batch waits here and the next message is refused.
            _full.Enqueue(_open);
            _open = pool.Rent();
        }

        _open.Add(series, model, window, ticks, Claim(receipt, isNew: series.HasWaited), arrival);
    }

    void ISeriesOutput.Skip(SeriesState series, long ticks, Receipt receipt) => receipt.Release();

    void ISeriesOutput.Signal(SeriesState series, in QualitySignal signal, Receipt receipt)
    {
        receipt.Retain();
        _open.AddSignal(series, signal, Claim(receipt), _arrival);
    }

    void ISeriesOutput.Review(SeriesState series, long ticks, bool commanded) => _open.AddReview(series, ticks, commanded, _arrival);

    void ISeriesOutput.RequestTraining(SeriesState series) => requestTraining(series);

    /// <summary>Moves on whatever waits; true if another message can be taken.</summary>
    private bool Advance(long now, int most)
    {
        KeepUp(now, most);
        while (_full.TryPeek(out PipelineBatch? batch))
        {
            if (!scoring.TryAdd(batch))
                return false;
            _full.Dequeue();
        }

        if (!FollowModels())
            return false;
        if (!_open.IsEmpty && clock.GetElapsedTime(_open.OldestArrival, now) >= s_maxDelay)
            TrySend();
        return HasRoom;
    }

    private bool FollowModels()
    {
        // A series may be told twice: the second time it has nothing left to do.
        while (_ready.TryDequeue(out SeriesState? series))
            _following.Add(series);

        while (_following.Count > 0)
        {
            if (!_following[^1].Follow(this))
                return false;
            _following.RemoveAt(_following.Count - 1);
        }

        return true;
    }

    private bool TrySend()
    {
        if (_full.Count > 0 || !scoring.TryAdd(_open))
            return false;
        _open = pool.Rent();
        return true;
    }
}
