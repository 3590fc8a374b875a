using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

// Partitions come and go. The handlers run on the source's own thread, inside its polls.
internal sealed partial class KafkaSource
{
    private static readonly TimeSpan s_lagEvery = TimeSpan.FromSeconds(1);
    private long _lag;
    private long _lagMeasured;

    private static readonly TimeSpan s_committedWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_askAgain = TimeSpan.FromSeconds(1);

    /// <summary>Takes partitions over. One whose state is kept is read from where that ends, every other from the committed position.</summary>
    private List<TopicPartitionOffset> OnAssigned(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
    {
        bool keeps = _sink?.KeepsState == true;
        if ((keeps ? Committed(consumer, partitions) : []) is not { } committed)
            return [.. partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Unset))]; // nobody owns what comes of them
        Dictionary<TopicPartition, Offset> past = Past(consumer, partitions);
        var starts = new List<TopicPartitionOffset>();
        foreach (TopicPartition partition in partitions)
        {
            Forget(partition);
            var ledger = new OffsetLedger(_options.MaxInFlight) { KeepsState = keeps };
            _places[ledger] = partition;
            long? finished = committed.TryGetValue(partition, out long offset) ? offset : null;
            ResumePoint? point = keeps ? _sink!.Assigned(ledger, $"{partition.Topic}-{partition.Partition.Value}", finished) : null;
            _partitions[partition] = new OwnedPartition(partition, ledger, _options.MaxInFlight) { Start = point?.Position ?? finished ?? -1 };
            bool isNew = past.TryGetValue(partition, out Offset first) && point is null;
            if (isNew)
                _sink!.BeginsInThePast(ledger, TimeProvider.System.GetUtcNow().Ticks);
            starts.Add(new TopicPartitionOffset(partition, point is { } known ? new Offset(known.Position) : isNew ? first : Offset.Unset));
        }

        _assigned = true;
        _log.Assigned(Name, partitions.Count, string.Join(", ", partitions));
        return starts;
    }

    /// <summary>
    /// Positions that are committed. With transactions they say which state counts: they are asked for until they are known, once no transaction that could
    /// change them is under way any more.
    /// </summary>
    /// <returns>Null when the service stops before that.</returns>
    private Dictionary<TopicPartition, long>? Committed(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
    {
        while (true)
        {
            try
            {
                _sink!.Assigning();
                return consumer.Committed(partitions, s_committedWithin).Where(found => found.Offset.Value >= 0)
                    .ToDictionary(found => found.TopicPartition, found => found.Offset.Value);
            }
            catch (Exception error) when (error is KafkaException or IOException)
            {
                _log.SourceError(Name, error.Message, false);
                // Without transactions nothing counts as finished then, and what was is published again with the same identity.
                if (!_transactional)
                    return [];
                if (_stop.WaitHandle.WaitOne(s_askAgain))
                    return null;
            }
        }
    }

    /// <summary>Tells of messages that the broker no longer had when they were to be read. Gaps of other kinds, such as a compacted topic's, are none.</summary>
    private void CheckStart(OwnedPartition partition, long first)
    {
        if (partition.Start < 0 || first <= partition.Start)
            return;
        Try(() =>
        {
            long oldest = _consumer.QueryWatermarkOffsets(partition.Id, s_committedWithin).Low.Value;
            if (oldest <= partition.Start)
                return;
            _log.Expired(Name, partition.Start, oldest - 1, partition.Id.Topic, partition.Id.Partition.Value);
            _sink!.Lost(DropReason.Expired, (int)Math.Min(int.MaxValue, oldest - partition.Start));
        });
    }

    private void OnRevoked(List<TopicPartitionOffset> partitions)
    {
        // What is stored here the client commits before it lets the partition go.
        foreach (TopicPartitionOffset partition in partitions)
        {
            if (Forget(partition.TopicPartition) is { } owned)
                Store(owned);
        }

        _log.Revoked(Name, partitions.Count);
    }

    private void OnLost(List<TopicPartitionOffset> partitions)
    {
        // They belong to somebody else already: what is unfinished here is read there.
        foreach (TopicPartitionOffset partition in partitions)
            Forget(partition.TopicPartition, lost: true);
        _log.Lost(Name, partitions.Count);
    }

    /// <summary>Ends the claim on a partition. Releases that come later go to a ledger that nobody reads.</summary>
    private OwnedPartition? Forget(TopicPartition id, bool lost = false)
    {
        _last = null;
        if (!_partitions.Remove(id, out OwnedPartition? partition))
            return null;
        if (partition.Held.Count > 0)
            _holding--;
        if (lost)
            _places.TryRemove(partition.Ledger, out _);
        _sink?.Revoked(partition.Ledger, lost);
        _places.TryRemove(partition.Ledger, out _);
        return partition;
    }

    private void Store(OwnedPartition partition)
    {
        if (partition.Ledger.TryTakeFinished(out long next))
            Try(() => _consumer.StoreOffset(new TopicPartitionOffset(partition.Id, next)));
    }

    /// <summary>Messages between what was read and the end of each partition, as far as the client knows the ends.</summary>
    private void MeasureLag()
    {
        long now = Environment.TickCount64;
        if (now - _lagMeasured < s_lagEvery.TotalMilliseconds)
            return;
        _lagMeasured = now;
        long lag = 0;
        foreach (OwnedPartition partition in _partitions.Values)
        {
            long end = _consumer.GetWatermarkOffsets(partition.Id).High.Value;
            if (end >= 0 && partition.Next >= 0)
                lag += Math.Max(0, end - partition.Next);
        }

        Interlocked.Exchange(ref _lag, lag);
    }
}
