using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Asks the brokers now and then, while no message comes, whether they are there. A client that is cut off looks like a topic in which nothing happens,
/// and a connection may be open and nobody answer. Called by the source's thread; the brokers are asked beside it.
/// </summary>
internal sealed class KafkaAnswers(IConsumer<byte[], byte[]> consumer) : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Topics that are asked about at a time, in turn.</summary>
    private const int AtOnce = 8;

    private readonly IAdminClient _admin = new DependentAdminClientBuilder(consumer.Handle).Build();
    private readonly ManualResetEventSlim _answered = new(initialState: true);
    private volatile bool _isInTouch = true;
    private long _asked;
    private int _turn;

    /// <summary>Whether the brokers answered when they were asked last, and each partition had a leader.</summary>
    public bool AreGiven(IReadOnlyCollection<OwnedPartition> partitions)
    {
        if (_answered.IsSet && partitions.Count > 0 && Environment.TickCount64 - _asked >= s_every.TotalMilliseconds)
        {
            _asked = Environment.TickCount64;
            ILookup<string, int> topics = partitions.ToLookup(partition => partition.Id.Topic, partition => partition.Id.Partition.Value);
            IGrouping<string, int>[] some = topics.Count <= AtOnce ? [.. topics] : [.. topics.Concat(topics).Skip(_turn = (_turn + AtOnce) % topics.Count).Take(AtOnce)];
            _answered.Reset();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                _isInTouch = Ask(some);
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
        _admin.Dispose();
    }

    private bool Ask(IEnumerable<IGrouping<string, int>> topics)
    {
        try
        {
            return topics.All(topic => _admin.GetMetadata(topic.Key, s_patience).Topics.SelectMany(found => found.Partitions)
                .Where(partition => topic.Contains(partition.PartitionId)).All(partition => partition.Leader >= 0));
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
