using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

/// <summary>Partitions come and go. The handlers run on the source's own thread, inside its polls.</summary>
internal sealed partial class KafkaSource
{
    private static readonly TimeSpan s_lagEvery = TimeSpan.FromSeconds(1);
    private long _lag;
    private long _lagMeasured;

    private void OnAssigned(List<TopicPartition> partitions)
    {
        foreach (TopicPartition partition in partitions)
            _ledgers[partition] = new OffsetLedger(_options.MaxInFlight);
        _assigned = true;
        _log.Assigned(Name, partitions.Count, string.Join(", ", partitions));
    }

    private void OnRevoked(List<TopicPartitionOffset> partitions)
    {
        foreach (TopicPartitionOffset partition in partitions)
        {
            if (_ledgers.Remove(partition.TopicPartition, out OffsetLedger? ledger))
                Store(partition.TopicPartition, ledger);
        }

        try
        {
            _consumer.Commit();
        }
        catch (KafkaException error) when (!error.Error.IsFatal)
        {
            // Nothing to commit, or the group has moved on: the next owner reads from the last commit.
        }

        _log.Revoked(Name, partitions.Count);
    }

    private void OnLost(List<TopicPartitionOffset> partitions)
    {
        // They belong to somebody else already: what is unfinished here is read there.
        foreach (TopicPartitionOffset partition in partitions)
            _ledgers.Remove(partition.TopicPartition);
        _log.Lost(Name, partitions.Count);
    }

    private void Store(TopicPartition partition, OffsetLedger ledger)
    {
        if (!ledger.TryTakeFinished(out long next))
            return;
        try
        {
            _consumer.StoreOffset(new TopicPartitionOffset(partition, next));
        }
        catch (KafkaException error) when (!error.Error.IsFatal)
        {
            _log.SourceError(Name, error.Error.Reason, false);
        }
    }

    /// <summary>Messages between what was read and the end of each partition, as far as the client knows the ends.</summary>
    private void MeasureLag()
    {
        long now = Environment.TickCount64;
        if (now - _lagMeasured < s_lagEvery.TotalMilliseconds)
            return;
        _lagMeasured = now;
        long lag = 0;
        foreach (TopicPartition partition in _ledgers.Keys)
        {
            long end = _consumer.GetWatermarkOffsets(partition).High.Value;
            long position = _consumer.Position(partition).Value;
            if (end >= 0 && position >= 0)
                lag += Math.Max(0, end - position);
        }

        Interlocked.Exchange(ref _lag, lag);
    }
}
