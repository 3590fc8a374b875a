using System.Text;
using Confluent.Kafka;
using Detector.Models.Artifacts;

namespace Detector.Worker.State;

/// <summary>
/// Keeps state in a compacted topic, and a copy in a directory to read from. Each checkpoint is one transaction: its records, and last the position
/// they belong to. Opening a partition fences whoever wrote its state before.
/// </summary>
internal sealed class TopicStateStore(KafkaStateOptions options, string directory, Action<string> refused) : IStateStore
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public IPartitionState Open(string source, string partition, long? committed = null)
    {
        // First the fence: what the former owner has not committed by now never comes.
        IProducer<byte[], byte[]> producer = Producer($"detector-state-{options.Name}-{source}-{partition}");
        try
        {
            producer.InitTransactions(s_timeout);
            string prefix = $"{source}\0{partition}\0";
            TopicPartition place = Place(prefix, producer);
            TopicState found = Read(place, prefix, committed);
            string folder = Path.Combine(directory, SafeName.Of(source), SafeName.Of(partition));
            return new TopicPartitionState(producer, place, prefix, found, Local(folder, found, committed));
        }
        catch (KafkaException error)
        {
            producer.Dispose();
            throw new IOException($"State of '{partition}' cannot be read from topic '{options.Name}': {error.Error.Reason}", error);
        }
    }

    public void Dispose()
    {
    }

    /// <summary>The directory's copy, made anew unless it is of the very checkpoint that the topic has.</summary>
    private DirectoryPartition Local(string folder, TopicState found, long? committed)
    {
        var local = new DirectoryPartition(folder, refused, committed);
        if (found.Position is not { } position)
        {
            if (local.Position is null)
                return local;
        }
        else if (local.Position == position && TopicPartitionState.Number(local) == found.Number)
        {
            return local;
        }

        local.Dispose();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        local = new DirectoryPartition(folder, refused, committed);
        if (found.Position is { } kept)
            local.Append(new StateDelta(kept, found.Common, [.. found.Records, TopicPartitionState.NumberRecord(found.Number)]));
        return local;
    }

    /// <summary>The topic's partition for a partition's state: by the hash of its name, the same on every machine.</summary>
    private TopicPartition Place(string prefix, IProducer<byte[], byte[]> producer)
    {
        using IAdminClient admin = new DependentAdminClientBuilder(producer.Handle).Build();
        TopicMetadata? topic = admin.GetMetadata(options.Name, s_timeout).Topics.FirstOrDefault();
        if (topic is null || topic.Partitions.Count == 0)
            throw new IOException($"There is no topic '{options.Name}' to keep state in: create it with cleanup.policy=compact.");
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(prefix))
            hash = (hash ^ value) * 16777619;
        return new TopicPartition(options.Name, (int)(hash % topic.Partitions.Count));
    }

    /// <summary>
    /// Reads to the end of what is committed. Where that lies before the committed position, the transaction of somebody else hides what comes after it, for
    /// no longer than a transaction may last.
    /// </summary>
    private TopicState Read(TopicPartition place, string prefix, long? committed)
    {
        var settings = new Dictionary<string, string>(options.Client, StringComparer.Ordinal)
        {
            ["group.id"] = "detector-state",
            ["enable.auto.commit"] = "false",
            ["isolation.level"] = "read_committed",
            ["enable.partition.eof"] = "true",
            ["auto.offset.reset"] = "earliest",
        };
        settings.Remove("transactional.id");
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(settings).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset(place, Offset.Beginning));
        var state = new TopicState(prefix);
        long started = Environment.TickCount64;
        bool ended = false;
        while (true)
        {
            ConsumeResult<byte[], byte[]>? result = consumer.Consume(TimeSpan.FromMilliseconds(100));
            bool isOver = Environment.TickCount64 - started > s_timeout.TotalMilliseconds;
            if (result is { IsPartitionEOF: true })
            {
                ended = true;
                bool isHidden = result.Offset < consumer.GetWatermarkOffsets(place).High && (committed ?? 0) > (state.Position ?? 0) + 1;
                if (!isHidden)
                    return state.Finish();
            }
            else if (result is not null)
            {
                state.Take(result.Message.Key, result.Message.Value);
            }

            if (isOver && ended)
                return state.Finish();
            if (isOver && result is null)
                throw new IOException($"The end of topic '{options.Name}' was not reached within {s_timeout.TotalSeconds:0} s: check the connection to its brokers.");
        }
    }

    private IProducer<byte[], byte[]> Producer(string id)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["compression.type"] = "lz4", ["linger.ms"] = "1", ["client.id"] = "detector-state", ["transaction.timeout.ms"] = "15000" };
        foreach ((string key, string value) in options.Client)
            settings[key] = value;
        settings["transactional.id"] = id;
        return new ProducerBuilder<byte[], byte[]>(settings).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }
}
