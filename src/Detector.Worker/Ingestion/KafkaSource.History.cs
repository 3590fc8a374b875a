using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

// Partitions that nobody in the group has read yet are read from the past on, where the user asked for it.
internal sealed partial class KafkaSource
{
    /// <summary>Where partitions without a committed position begin; none where that cannot be told, since what was read must not be read again as history.</summary>
    private Dictionary<TopicPartition, Offset> Past(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
    {
        if (_options.History is not { } history)
            return [];
        try
        {
            var since = new Timestamp(TimeProvider.System.GetUtcNow() - history);
            TopicPartitionTimestamp[] unread =
            [
                .. consumer.Committed(partitions, s_committedWithin).Where(found => found.Offset.Value < 0)
                    .Select(found => new TopicPartitionTimestamp(found.TopicPartition, since)),
            ];
            if (unread.Length == 0)
                return [];
            // Where nothing came since then, "the end" would be where it is at the first fetch, and what came until then would be left out.
            var ends = unread.ToDictionary(partition => partition.TopicPartition, partition => consumer.QueryWatermarkOffsets(partition.TopicPartition, s_committedWithin).High);
            return consumer.OffsetsForTimes(unread, s_committedWithin)
                .ToDictionary(found => found.TopicPartition, found => found.Offset == Offset.End ? ends[found.TopicPartition] : found.Offset);
        }
        catch (KafkaException error)
        {
            _log.SourceError(Name, error.Error.Reason, error.Error.IsFatal);
            return [];
        }
    }
}
