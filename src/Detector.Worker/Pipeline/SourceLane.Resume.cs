using Detector.Worker.Contracts;
using Detector.Worker.State;

namespace Detector.Worker.Pipeline;

// Partitions that come with their state and go with it, and series that are brought back when they are needed or when there is time.
internal sealed partial class SourceLane
{
    /// <summary>Before the names of the decoder's records.</summary>
    private const string DecoderRecords = "decoder/";

    /// <summary>Series that are brought back between two messages.</summary>
    private const int WakeSlice = 16;

    private readonly Queue<LanePartition> _sleepy = [];
    private LanePartition? _waking;

    public void Assigning() => checkpoints?.Transactions?.Open();

    public ResumePoint? Assigned(IReceiptLedger ledger, string partition, long? committed)
    {
        if (checkpoints is null)
            return null;
        IPartitionState state = checkpoints.Checkpointing.Open(checkpoints.Source, partition, committed);
        var assigned = new LanePartition(ledger) { Name = partition, State = state };
        _partitions[ledger] = assigned;
        _lastLedger = null;
        if (state.Position is not { } position)
        {
            if (committed > 0)
                checkpoints.Log.NoState(checkpoints.Source, partition, committed.Value);
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(state.Common));
        reader.ReadVersion(CommonVersion, "partition");
        assigned.Clock.Load(reader);
        byte[] sourceState = reader.ReadBytes((int)(reader.BaseStream.Length - reader.BaseStream.Position));
        assigned.Next = assigned.Cut = position;
        assigned.ReplayUntil = committed ?? long.MinValue;
        LoadDecoder(assigned, state);
        foreach (string name in state.Keys.Where(name => SeriesRecord.Series(name) is not null))
            assigned.Asleep.Add(name);
        checkpoints.Log.Resumed(checkpoints.Source, partition, position, assigned.Asleep.Count);
        _sleepy.Enqueue(assigned);
        // A model that several series share is learned from all of them: they must be there before it is.
        if (pipelines.Any(pipeline => pipeline.Shared is not null || pipeline is { IsShared: true, HasSharedModel: false }))
            WakeSome(int.MaxValue);
        foreach (PipelineRuntime pipeline in pipelines)
        {
            if (pipeline.Shared?.Resume() is not { } interrupted)
                continue;
            interrupted.Series.Slot.Interrupted = interrupted;
            requestTraining(interrupted.Series);
        }

        return new ResumePoint(position, sourceState);
    }

    public void BeginsInThePast(IReceiptLedger ledger, long untilTicks)
    {
        if (!_partitions.TryGetValue(ledger, out LanePartition? partition))
            _partitions.Add(ledger, partition = new LanePartition(ledger));
        partition.QuietUntil = untilTicks;
    }

    public void Revoked(IReceiptLedger ledger, bool lost = false)
    {
        if (!_partitions.TryGetValue(ledger, out LanePartition? partition))
            return;
        _lastLedger = null;
        if (partition.State is null)
        {
            Forget(partition);
            _partitions.Remove(ledger);
            foreach (SeriesState[] route in _routes.Values)
            {
                foreach (SeriesState series in route)
                    series.Forget(partition.Clock);
            }

            return;
        }

        if (!lost)
            SaveNow();
        _partitions.Remove(ledger);
        Forget(partition);
        partition.IsGone = true;
        partition.Asleep.Clear();
        _changed.RemoveAll(series => series.Home == partition);
        foreach ((string key, SeriesState[] route) in _routes.Concat(_leaving).Where(pair => pair.Value.Any(series => series.Home == partition)).ToArray())
        {
            _routes.Remove(key);
            _leaving.Remove(key);
            foreach (SeriesState series in route)
                series.Pipeline.Remove(series, mayBeOnItsWay: true);
        }

        partition.State.Dispose();
    }

    private void LoadDecoder(LanePartition partition, IPartitionState state)
    {
        Dictionary<string, byte[]> records = state.Keys.Where(name => name.StartsWith(DecoderRecords, StringComparison.Ordinal))
            .ToDictionary(name => name[DecoderRecords.Length..], name => state.Read(name)!, StringComparer.Ordinal);
        if (records.Count == 0)
            return;
        partition.Decoder = decoder.OfPartition();
        _quiet.Interrupt(clock.GetTimestamp());
        try
        {
            partition.DecoderVersion = partition.Decoder.Load(records);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            checkpoints!.Log.DecoderRefused(checkpoints.Source, partition.Name!, error.Message);
            partition.Decoder = decoder.OfPartition();
        }
    }

    private void WakeSome(int most = WakeSlice)
    {
        while (_sleepy.TryPeek(out LanePartition? partition))
        {
            _waking = partition;
            foreach (string name in partition.Asleep.Take(most).ToArray())
            {
                // Those that find no room come back with their next sample.
                if (pipelines.Any(pipeline => pipeline.Count >= pipeline.Options.MaxSeries - pipeline.Options.MaxSeries / 10))
                {
                    partition.Asleep.Remove(name);
                    partition.Spilled.Add(name);
                    continue;
                }

                string key = SeriesRecord.Series(name)!;
                if (!_routes.ContainsKey(key) && !TryStay(key, out _))
                    CreateRoute(key);
                partition.Asleep.Remove(name);
            }

            _waking = null;
            if (partition.Asleep.Count > 0)
                return;
            _sleepy.Dequeue();
        }
    }

    /// <summary>Brings a series back, if its state is kept.</summary>
    private SeriesState? Wake(PipelineRuntime pipeline, string key)
    {
        LanePartition partition = _waking ?? _partition;
        string name = SeriesRecord.Name(pipeline.Name, key);
        if (partition.State is not { } state || !(partition.Asleep.Remove(name) || partition.Spilled.Remove(name)) || state.Read(name) is not { } record)
            return null;
        try
        {
            SeriesState series = pipeline.Restore(key, record, partition, _ready.Enqueue, clock.GetTimestamp());
            series.Watch(partition.Clock);
            if (series.Slot.TakeInterruptedTraining() || series.Slot.Interrupted is not null)
                requestTraining(series);
            return series;
        }
        catch (InvalidDataException error)
        {
            checkpoints!.Log.SeriesRefused(key, error.Message);
            return null;
        }
    }
}
