using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

// Partitions come and go. The handlers run on the source's own thread, inside its polls.
internal sealed partial class KafkaSource
{
    private static readonly TimeSpan s_lagEvery = TimeSpan.FromSeconds(1);
    private long _lag;
    private long _lagMeasured;

    private void OnAssigned(List<TopicPartition> partitions)
    {
        foreach (TopicPartition partition in partitions)
        {
            Forget(partition);
            _partitions[partition] = new OwnedPartition(partition, _options.MaxInFlight);
        }

        _assigned = true;
        _log.Assigned(Name, partitions.Count, string.Join(", ", partitions));
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
            Forget(partition.TopicPartition);
        _log.Lost(Name, partitions.Count);
    }

    /// <summary>Ends the claim on a partition. Releases that come later go to a ledger that nobody reads.</summary>
    private OwnedPartition? Forget(TopicPartition id)
    {
        _last = null;
        if (!_partitions.Remove(id, out OwnedPartition? partition))
            return null;
        if (partition.Held.Count > 0)
            _holding--;
        _sink?.Revoked(partition.Ledger);
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
