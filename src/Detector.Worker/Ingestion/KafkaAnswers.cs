using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Asks the brokers now and then, while no message comes, whether they are there. A client that is cut off looks like a topic in which nothing happens,
/// and a connection may be open and nobody answer. Called by the source's thread; the brokers are asked beside it, through the consumer itself: an
/// admin client made of its handle polls without a pause in Confluent.Kafka before 2.0.
/// </summary>
internal sealed class KafkaAnswers(IConsumer<byte[], byte[]> consumer) : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The end of a partition, as Kafka's ListOffsets calls it.</summary>
    private static readonly Timestamp s_end = new(-1, TimestampType.CreateTime);

    private readonly ManualResetEventSlim _answered = new(initialState: true);
    private volatile bool _isInTouch = true;
    private long _asked;

    /// <summary>Whether the leader of each partition answered when it was asked last.</summary>
    public bool AreGiven(IReadOnlyCollection<OwnedPartition> partitions)
    {
        if (_answered.IsSet && partitions.Count > 0 && Environment.TickCount64 - _asked >= s_every.TotalMilliseconds)
        {
            _asked = Environment.TickCount64;
            TopicPartitionTimestamp[] ends = [.. partitions.Select(partition => new TopicPartitionTimestamp(partition.Id, s_end))];
            _answered.Reset();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                _isInTouch = Ask(ends);
                _answered.Set();
            });
        }

        return _isInTouch;
    }

    /// <summary>Waits until no question is under way: the client is about to be closed.</summary>
    public void Dispose()
    {
        _answered.Wait();
        _answered.Dispose();
    }

    private bool Ask(TopicPartitionTimestamp[] ends)
    {
        try
        {
            consumer.OffsetsForTimes(ends, s_patience);
            return true;
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
