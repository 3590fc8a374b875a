using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Cuts: where they are made, and what becomes of them. One checkpoint is on its way at a time.
internal sealed partial class SourceLane
{
    private const byte CommonVersion = 1;

    /// <summary>Longest wait for a partition's last state when it is taken away or the service stops.</summary>
    private static readonly TimeSpan s_lastSave = TimeSpan.FromSeconds(10);

    /// <summary>Series that are saved between two messages, so that messages go on meanwhile.</summary>
    private const int BusySlice = 4;

    private readonly CheckpointShare _share = new(CheckpointStage.Source, checkpoints?.Checkpointing.Metrics);
    private List<SeriesState> _changed = [];
    private Checkpoint? _epoch; // takes the claims of what is published until the next cut
    private Checkpoint? _inFlight;
    private IReceiptLedger? _outputs; // _epoch, or what stands for it while messages are replayed
    private long _lastCut;
    private long _lastRequest;
    private bool _saveSoon;

    public bool KeepsState => checkpoints is not null;

    /// <summary>Something waits for state to be saved: the next cut is made at once.</summary>
    public void SaveSoon() => _saveSoon = true;

    void ISeriesOutput.BeforeChange(SeriesState series)
    {
        if (checkpoints is null)
            return;
        _share.BeforeChange(series);
        if (series.IsChanged)
            return;
        series.IsChanged = true;
        _changed.Add(series);
    }

    /// <summary>The receipt of a message as it is handed to whoever publishes because of it.</summary>
    private Receipt Claiming(Receipt receipt, long offset)
    {
        if (checkpoints is null)
            return receipt;
        Checkpoint epoch = Epoch();
        _outputs = offset < _partition.ReplayUntil ? new ReplayedOutputs(epoch) : epoch;
        return receipt with { Checkpoint = _outputs };
    }

    /// <summary>Adds to a claim on a message one on the checkpoint that is open.</summary>
    /// <param name="isNew">Whether what comes of it is published even while messages are replayed in silence.</param>
    private Receipt Claim(Receipt receipt, bool isNew = false)
    {
        if (checkpoints is null)
            return receipt;
        Checkpoint epoch = Epoch();
        IReceiptLedger outputs = isNew ? epoch : _outputs ?? epoch;
        outputs.Retain(0);
        return receipt with { Checkpoint = outputs };
    }

    private Checkpoint Epoch()
    {
        if (_epoch is null)
        {
            _epoch = new Checkpoint(checkpoints!.Checkpointing.Add, checkpoints.Transactions);
            checkpoints.Checkpointing.Join(this);
        }

        return _epoch;
    }

    /// <summary>Goes on with the checkpoint on its way, and makes the next cut when it is time. Called between messages.</summary>
    /// <param name="now">Clock reading.</param>
    /// <param name="most">Series that are saved meanwhile, at most.</param>
    private void KeepUp(long now, int most)
    {
        if (checkpoints is null)
            return;
        FollowUp(most);
        WakeSome();
        if (_inFlight is null && IsDue(now))
            Cut();
    }

    private void FollowUp(int most)
    {
        if (_inFlight is { IsSaved: true } saved)
        {
            _inFlight = null;
            DropLeft();
            checkpoints!.Checkpointing.Answer(this, saved.Request);
        }

        if (_share.IsBusy)
            _share.Advance(most);
    }

    private bool IsDue(long now)
    {
        long requests = checkpoints!.Checkpointing.Requests;
        if (_lastCut == 0)
            _lastCut = now;
        if (requests == _lastRequest && !_saveSoon && !IsFull && clock.GetElapsedTime(_lastCut, now) < checkpoints.Checkpointing.Interval)
            return false;
        if (HasNews)
            return true;
        _lastCut = now;
        _saveSoon = false;
        _lastRequest = requests;
        checkpoints.Checkpointing.Answer(this, requests);
        return false;
    }

    private bool HasNews => _changed.Count > 0 || _partitions.Values.Any(partition => partition.State is not null && partition.Next != partition.Cut);

    private void Cut()
    {
        long started = clock.GetTimestamp();
        Checkpoint checkpoint = Epoch();
        checkpoint.Request = _lastRequest = checkpoints!.Checkpointing.Requests;
        Spill();
        LanePartition[] partitions = [.. _partitions.Values.Where(partition => partition is { State: not null, Next: >= 0, IsGone: false })];
        PartitionCut[] cuts = [.. partitions.Select(partition => new PartitionCut(partition, partition.Next, Common(partition), Extra(partition)))];
        foreach (LanePartition partition in partitions)
            partition.Cut = partition.Next;
        SeriesState[] series = [.. _changed.Where(state => state.Home is { State: not null, Next: >= 0, IsGone: false })];
        foreach (SeriesState state in _changed)
            state.IsChanged = false;
        _changed = [];
        checkpoint.Close(series, cuts);
        _share.Begin(checkpoint);
        _open.Closes = checkpoint;
        _full.Enqueue(_open);
        _open = pool.Rent();
        _inFlight = checkpoint;
        _epoch = null;
        _outputs = null;
        _saveSoon = false;
        _lastCut = clock.GetTimestamp();
        checkpoints.Checkpointing.Metrics.Pause(clock.GetElapsedTime(started, _lastCut));
    }

    /// <summary>Saves what there is, and waits for it, while the stages behind go on.</summary>
    private void SaveNow()
    {
        long started = clock.GetTimestamp();
        bool cut = false;
        while (clock.GetElapsedTime(started) < s_lastSave && !scoring.IsOver)
        {
            FollowUp(CheckpointShare.Slice);
            while (_full.TryPeek(out PipelineBatch? batch) && scoring.TryAdd(batch))
                _full.Dequeue();
            if (_inFlight is null)
            {
                if (cut || !HasNews)
                    return;
                cut = true;
                Cut();
            }

            Thread.Sleep(1);
        }
    }

    private void SaveLast()
    {
        if (checkpoints is null)
            return;
        SaveNow();
        checkpoints.Checkpointing.Leave(this);
    }

    private static byte[] Common(LanePartition partition)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(CommonVersion);
        partition.Clock.Save(writer);
        partition.Ledger!.Save(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>What the decoder keeps, if that has changed, and the series that are given up.</summary>
    private List<KeyValuePair<string, byte[]?>> Extra(LanePartition partition)
    {
        var extra = new List<KeyValuePair<string, byte[]?>>();
        while (partition.Spilled.Count > checkpoints!.MaxSpilled)
        {
            string gone = partition.Spilled.RemoveOldest();
            extra.Add(new(gone, null));
            for (int piece = 0; partition.State!.Has(SeriesRecord.Piece(gone, piece)); piece++)
                extra.Add(new(SeriesRecord.Piece(gone, piece), null));
        }

        foreach ((string name, byte[]? record) in partition.Decoder?.Save(ref partition.DecoderVersion) ?? [])
            extra.Add(new(DecoderRecords + name, record));
        return extra;
    }
}
