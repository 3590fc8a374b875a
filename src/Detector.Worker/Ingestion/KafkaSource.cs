using System.Collections.Concurrent;
using Confluent.Kafka;
using Detector.Worker.Contracts;
using Detector.Worker.Kafka;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Reads topics as a member of a consumer group. Offsets are stored for the finished prefix of each partition only, so that what a crash
/// interrupts is read again. A partition with too much unfinished is paused by itself; when the pipeline is full all are, and polling goes on.
/// </summary>
internal sealed partial class KafkaSource : ISource, IKafkaMembership
{
    /// <summary>Longest wait for a message: windows that wait for company must be looked after meanwhile.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Messages between two looks at what is finished.</summary>
    private const int UpkeepEvery = 1024;

    /// <summary>End of the year 9999.</summary>
    private const long MaxUnixMilliseconds = 253_402_300_800_000;

    /// <summary>librdkafka 2.3.0.</summary>
    private const int ForgivingLibrary = 0x020300ff;

    private static readonly ConcurrentBag<IDisposable> s_kept = [];
    private readonly SourceOptions _options;
    private readonly bool _transactional;
    private readonly string? _topic;
    private readonly ILogger _log;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Dictionary<TopicPartition, OwnedPartition> _partitions = [];
    private readonly ConcurrentDictionary<IReceiptLedger, TopicPartition> _places = [];
    private readonly KafkaAnswers _answers;
    private OwnedPartition? _last;
    private IMessageSink? _sink;
    private CancellationToken _stop;
    private volatile bool _assigned;
    private volatile Error? _fatal;
    private bool _closed;

    /// <param name="transactional">Whether positions are committed by transactions of what they led to, and not by the source.</param>
    public KafkaSource(string name, SourceOptions options, ILogger log, bool transactional = false)
    {
        Name = name;
        _options = options;
        _transactional = transactional;
        _topic = OnlyTopic(options);
        _log = log;
        _consumer = new ConsumerBuilder<byte[], byte[]>(Settings(options, transactional))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, message) => _log.SourceClient(Name, message.Message))
            .SetPartitionsAssignedHandler(OnAssigned)
            .SetPartitionsRevokedHandler((_, partitions) => OnRevoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => OnLost(partitions))
            .Build();
        _answers = new KafkaAnswers(_consumer);
    }

    public string Name { get; }

    public bool IsReady => _assigned;

    public IConsumerGroupMetadata Group => _consumer.ConsumerGroupMetadata;

    public TopicPartition? PlaceOf(IReceiptLedger ledger) => _places.GetValueOrDefault(ledger);

    public long Lag => Interlocked.Read(ref _lag);

    /// <summary>Settings of the client: our defaults, the user's over them, and over those what delivery rests on.</summary>
    public static Dictionary<string, string> Settings(SourceOptions options, bool transactional = false)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["auto.offset.reset"] = "earliest",
            ["partition.assignment.strategy"] = "cooperative-sticky",
            ["client.id"] = "detector",
            // A topic that is created, or comes to match a pattern, is found within this time instead of 5 minutes.
            ["topic.metadata.refresh.interval.ms"] = "30000",
        };
        foreach ((string key, string value) in options.Client)
            settings[key] = value;
        // Not for the user to change: what is stored is what is finished, and what is not looked at is not fetched from the client.
        settings["enable.auto.offset.store"] = "false";
        settings["dotnet.consumer.consume.result.fields"] = OnlyTopic(options) is null ? "timestamp,topic" : "timestamp";
        if (!transactional)
            return settings;
        settings["enable.auto.commit"] = "false";
        // Has the brokers hold back committed positions until the transactions that change them have ended (KIP-447).
        settings["isolation.level"] = "read_committed";
        return settings;
    }

    /// <summary>The one topic that there is; null where a message must say which it is of.</summary>
    private static string? OnlyTopic(SourceOptions options) => options.Topics is [var topic] && !topic.StartsWith('^') ? topic : null;

    /// <exception cref="KafkaException">The client has met an error that it cannot recover from.</exception>
    public void Run(IMessageSink sink, CancellationToken stop)
    {
        (_sink, _stop) = (sink, stop);
        _consumer.Subscribe(_options.Topics);
        int sinceUpkeep = 0;
        while (!stop.IsCancellationRequested)
        {
            DeliverHeld(sink, stop);
            ConsumeResult<byte[], byte[]>? result = Poll();
            if (result is null)
                Rest(sink);
            else if (Owner(result) is { } partition)
                Deliver(partition, result, sink, stop);
            if (result is not null && ++sinceUpkeep < UpkeepEvery)
                continue;
            sinceUpkeep = 0;
            StoreFinished();
            MeasureLag();
        }
    }

    public void StoreFinished()
    {
        if (_closed)
            return;
        foreach (OwnedPartition partition in _partitions.Values)
            Store(partition);
    }

    private ConsumeResult<byte[], byte[]>? Poll()
    {
        if (_fatal is { } fatal)
            throw new KafkaException(fatal);
        try
        {
            ConsumeResult<byte[], byte[]>? result = _consumer.Consume(s_poll);
            // The end of a partition is reported as a result without a message, where the user asked for it.
            if (result is null || result.IsPartitionEOF)
                return null;
            result.Topic ??= _topic;
            return result;
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            _log.SourceError(Name, error.Error.Reason, false);
            return null;
        }
    }

    /// <summary>Passes a moment in which nothing came.</summary>
    private void Rest(IMessageSink sink)
    {
        if (!_answers.AreGiven(_partitions.Values))
            sink.CutOff();
        sink.Idle();
    }

    /// <summary>The partition of a message; null when it was revoked while the message was on its way.</summary>
    private OwnedPartition? Owner(ConsumeResult<byte[], byte[]> result)
    {
        if (_last is null || _last.Id.Partition != result.Partition || _last.Id.Topic != result.Topic)
            _last = _partitions.GetValueOrDefault(result.TopicPartition);
        if (_last is null)
            return null;
        if (_last.Next < 0)
            CheckStart(_last, result.Offset.Value);
        _last.Next = result.Offset.Value + 1;
        return _last;
    }

    private void Deliver(OwnedPartition partition, ConsumeResult<byte[], byte[]> result, IMessageSink sink, CancellationToken stop)
    {
        if (partition.Held.Count > 0 || !partition.Ledger.TryBegin(result.Offset.Value, out Receipt receipt))
            Hold(partition, result);
        else
            Offer(partition, result, receipt, sink, stop);
    }

    /// <summary>Offers a begun message until it is taken. On a stop, or when its partition goes, it stays unfinished and is read again.</summary>
    private void Offer(OwnedPartition partition, ConsumeResult<byte[], byte[]> result, Receipt receipt, IMessageSink sink, CancellationToken stop)
    {
        var message = new RawMessage(
            result.Message.Value ?? [], result.Message.Key ?? [], partition.Id.Topic, partition.Id.Partition.Value, result.Offset.Value, receipt)
        {
            BrokerTicks = BrokerTicks(result.Message.Timestamp),
        };
        long refusedSince = 0;
        while (!sink.TryAccept(message))
        {
            if (refusedSince == 0)
                refusedSince = Environment.TickCount64;
            if (stop.IsCancellationRequested || !Owns(partition))
                return;
            WaitForRoom(refusedSince, sink, stop);
        }

        if (refusedSince != 0)
            ResumeDrained();
    }

    private static long BrokerTicks(Timestamp timestamp) =>
        timestamp.Type != TimestampType.NotAvailable && timestamp.UnixTimestampMs is > 0 and < MaxUnixMilliseconds
            ? DateTime.UnixEpoch.AddMilliseconds(timestamp.UnixTimestampMs).Ticks
            : 0;

    private void OnError(Error error)
    {
        _log.SourceError(Name, error.Reason, error.IsFatal);
        if (error.IsFatal)
            _fatal = error;
    }

    public void Dispose()
    {
        if (_closed)
            return;
        StoreFinished();
        _closed = true;
        _answers.Dispose();
        try
        {
            Leave();
        }
        catch (KafkaException error)
        {
            _log.SourceError(Name, error.Error.Reason, error.Error.IsFatal);
        }
    }

    /// <summary>
    /// Leaves the group and frees the client. librdkafka before 2.3 ends the process when it frees a member of a cooperative group that leaves between
    /// joining and its first assignment (its issue 4312): such a one is kept until the process ends.
    /// </summary>
    private void Leave()
    {
        if (_assigned || Library.Version >= ForgivingLibrary)
        {
            using (_consumer)
                _consumer.Close();
            return;
        }

        s_kept.Add(_consumer);
        _consumer.Unsubscribe();
    }
}
