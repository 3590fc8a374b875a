using System.Text;
using Confluent.Kafka;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Ingestion;
using Detector.Worker.Publishing;

namespace Detector.Worker.Tests.Kafka;

/// <summary>An embedded broker with one topic, and plain clients to look at it from outside.</summary>
internal sealed class TestTopic : IDisposable
{
    public const string Name = "sensors";

    public TestTopic(int partitions)
    {
        Broker = EmbeddedBroker.Start();
        Broker.CreateTopic(Name, partitions);
    }

    public EmbeddedBroker Broker { get; }

    public void Dispose() => Broker.Dispose();

    /// <summary>Options of a source in a group.</summary>
    public SourceOptions Source(string group = "group", int maxInFlight = 1000) => new()
    {
        Type = "kafka",
        Topics = [Name],
        MaxInFlight = maxInFlight,
        Client = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = Broker.BootstrapServers,
            ["group.id"] = group,
            ["fetch.wait.max.ms"] = "20",
            ["heartbeat.interval.ms"] = "200",
            ["session.timeout.ms"] = "6000",
            ["reconnect.backoff.max.ms"] = "500",
        },
    };

    /// <summary>Options of a sink, with further settings of its client.</summary>
    public SinkOptions Sink(params (string Key, string Value)[] settings)
    {
        var options = new SinkOptions { Type = "kafka", Topic = Name };
        options.Client["bootstrap.servers"] = Broker.BootstrapServers;
        options.Client["reconnect.backoff.max.ms"] = "500";
        foreach ((string key, string value) in settings)
            options.Client[key] = value;
        return options;
    }

    /// <summary>Produces a message of each number to a partition.</summary>
    public void Produce(int partition, IEnumerable<int> numbers)
    {
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = Broker.BootstrapServers, LingerMs = 5 }).Build();
        foreach (int number in numbers)
        {
            producer.Produce(new TopicPartition(Name, partition), new Message<byte[], byte[]>
            {
                Key = Encoding.UTF8.GetBytes($"key {partition}"), Value = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{number}")),
            });
        }

        Assert.Equal(0, producer.Flush(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Reads so many messages of partition 0, from the start.</summary>
    public List<Message<byte[], byte[]>> Read(int count, TimeSpan timeout)
    {
        using IConsumer<byte[], byte[]> consumer = Reader("reader");
        consumer.Assign(new TopicPartitionOffset(Name, 0, Offset.Beginning));
        var messages = new List<Message<byte[], byte[]>>();
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (messages.Count < count && Environment.TickCount64 < end)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } result)
                messages.Add(result.Message);
        }

        return messages;
    }

    /// <summary>Commits a position as a group would.</summary>
    public void Commit(int partition, long offset, string group = "group")
    {
        using IConsumer<byte[], byte[]> consumer = Reader(group);
        consumer.Commit([new TopicPartitionOffset(Name, partition, offset)]);
    }

    /// <summary>What a group has committed for a partition, -1001 when nothing.</summary>
    public long Committed(int partition, string group = "group")
    {
        using IConsumer<byte[], byte[]> consumer = Reader(group);
        return consumer.Committed([new TopicPartition(Name, partition)], TimeSpan.FromSeconds(30))[0].Offset.Value;
    }

    private IConsumer<byte[], byte[]> Reader(string group) => new ConsumerBuilder<byte[], byte[]>(
        new ConsumerConfig { BootstrapServers = Broker.BootstrapServers, GroupId = group, FetchWaitMaxMs = 20, EnableAutoCommit = false }).Build();
}
