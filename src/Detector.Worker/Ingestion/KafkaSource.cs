using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Reads topics as a member of a consumer group. Offsets are stored for the finished prefix of each partition only, so that what a crash
/// interrupts is read again. When the pipeline is full the partitions are paused and polling goes on.
/// </summary>
internal sealed partial class KafkaSource : ISource
{
    /// <summary>Longest wait for a message: windows that wait for company must be looked after meanwhile.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Messages between two looks at what is finished.</summary>
    private const int StoreEvery = 1024;

    private readonly SourceOptions _options;
    private readonly ILogger _log;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Dictionary<TopicPartition, OffsetLedger> _ledgers = [];
    private volatile bool _assigned;
    private bool _paused;
    private bool _closed;

    public KafkaSource(string name, SourceOptions options, ILogger log)
    {
        Name = name;
        _options = options;
        _log = log;
        var client = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["auto.offset.reset"] = "earliest",
            ["partition.assignment.strategy"] = "cooperative-sticky",
            ["client.id"] = "detector",
        };
        foreach ((string key, string value) in options.Client)
            client[key] = value;
        // Not for the user to change: what is stored is what is finished.
        client["enable.auto.offset.store"] = "false";
        _consumer = new ConsumerBuilder<byte[], byte[]>(client)
            .SetErrorHandler((_, error) => _log.SourceError(Name, error.Reason, error.IsFatal))
            .SetLogHandler((_, message) => _log.SourceClient(Name, message.Message))
            .SetPartitionsAssignedHandler((_, partitions) => OnAssigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnRevoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => OnLost(partitions))
            .Build();
    }

    public string Name { get; }

    public bool IsReady => _assigned;

    public long Lag => Interlocked.Read(ref _lag);

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        _consumer.Subscribe(_options.Topics);
        int sinceStore = 0;
        while (!stop.IsCancellationRequested)
        {
            ConsumeResult<byte[], byte[]>? result = Poll();
            if (result is null)
            {
                sink.Idle();
                StoreFinished();
                MeasureLag();
                sinceStore = 0;
                continue;
            }

            Deliver(result, sink, stop);
            if (++sinceStore < StoreEvery)
                continue;
            sinceStore = 0;
            StoreFinished();
            MeasureLag();
        }
    }

    public void StoreFinished()
    {
        if (_closed)
            return;
        foreach ((TopicPartition partition, OffsetLedger ledger) in _ledgers)
            Store(partition, ledger);
    }

    private ConsumeResult<byte[], byte[]>? Poll()
    {
        try
        {
            return _consumer.Consume(s_poll);
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            _log.SourceError(Name, error.Error.Reason, false);
            return null;
        }
    }

    private void Deliver(ConsumeResult<byte[], byte[]> result, IMessageSink sink, CancellationToken stop)
    {
        if (!_ledgers.TryGetValue(result.TopicPartition, out OffsetLedger? ledger))
            return; // revoked while the message was on its way
        Receipt receipt;
        while (!ledger.TryBegin(result.Offset.Value, out receipt))
        {
            sink.Exhausted();
            if (!Hold(result, sink, stop))
                return;
        }

        var message = new RawMessage(
            result.Message.Value ?? [], result.Message.Key ?? [], result.Topic, result.Partition.Value, result.Offset.Value, receipt);
        while (!sink.TryAccept(message))
        {
            // On a stop, or when the partition goes, the claim stays: the message counts as unfinished and is read again.
            if (!Hold(result, sink, stop))
                return;
        }

        Resume();
    }

    /// <summary>Keeps a message that cannot be taken yet: pauses everything and goes on polling, so that the group does not give us up.</summary>
    /// <returns>False when the message is no longer ours to deliver.</returns>
    private bool Hold(ConsumeResult<byte[], byte[]> held, IMessageSink sink, CancellationToken stop)
    {
        if (stop.IsCancellationRequested || !_ledgers.ContainsKey(held.TopicPartition))
            return false;
        if (!_paused)
        {
            _paused = true;
            _log.SourcePaused(Name);
            _consumer.Pause(_consumer.Assignment);
        }

        if (Poll() is { } extra)
            // A partition that was assigned meanwhile is not paused yet: it comes again from this message on.
            Rewind(extra);
        sink.Idle();
        StoreFinished();
        return true;
    }

    private void Resume()
    {
        if (!_paused)
            return;
        _paused = false;
        _log.SourceResumed(Name);
        _consumer.Resume(_consumer.Assignment);
    }

    private void Rewind(ConsumeResult<byte[], byte[]> result)
    {
        _consumer.Pause([result.TopicPartition]);
        _consumer.Seek(result.TopicPartitionOffset);
    }

    public void Dispose()
    {
        if (_closed)
            return;
        StoreFinished();
        _closed = true;
        try
        {
            _consumer.Close();
        }
        catch (KafkaException error)
        {
            _log.SourceError(Name, error.Error.Reason, error.Error.IsFatal);
        }

        _consumer.Dispose();
    }
}
