using Confluent.Kafka;
using Detector.Worker.Contracts;
using Detector.Worker.Kafka;

namespace Detector.Worker.Publishing;

/// <summary>
/// Kafka's transactions: records to any topics of a cluster and the consumer group's offsets become visible together, or not at all. The group's
/// generation goes with the offsets, so that a worker whose partitions were given to another while it stood still is refused (KIP-447).
/// </summary>
internal sealed class KafkaTransactions : IOutputTransactions
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_queueFullPause = TimeSpan.FromMilliseconds(10);
    private readonly string _source;
    private readonly Dictionary<string, string> _settings;
    private readonly IKafkaMembership _member;
    private readonly ILogger _log;
    private readonly Action<string, string> _onError;
    private readonly HashSet<(string Sink, byte[] Payload)> _refused = [];
    private readonly Lock _opening = new();
    private IProducer<byte[], byte[]>? _producer;

    /// <param name="source">Name of the source whose messages lead to the records.</param>
    /// <param name="settings">Settings of the client, with a <c>transactional.id</c> that is this worker's alone and the same after a restart.</param>
    /// <param name="member">The source in its consumer group.</param>
    /// <param name="onError">Told the sink and the reason, one of <see cref="DeliveryFault.Reasons"/>, of every failure.</param>
    public KafkaTransactions(
        string source, Dictionary<string, string> settings, IKafkaMembership member, ILogger log, Action<string, string> onError)
    {
        _source = source;
        _settings = settings;
        _member = member;
        _log = log;
        _onError = onError;
    }

    /// <summary>Settings of a sink's client for transactions of a worker.</summary>
    /// <param name="worker">What tells this worker from every other, the same after a restart.</param>
    public static Dictionary<string, string> Settings(SinkOptions sink, string source, string worker)
    {
        Dictionary<string, string> settings = KafkaSink.Settings(sink);
        settings.TryAdd("transactional.id", $"detector-{source}-{worker}");
        // What a worker that died has left open holds up readers of committed records for no longer than this.
        settings.TryAdd("transaction.timeout.ms", "20000");
        return settings;
    }

    public void Open()
    {
        try
        {
            Client();
        }
        catch (KafkaException error)
        {
            throw new IOException(error.Error.Reason, error);
        }
    }

    public IReadOnlyCollection<IReceiptLedger> Commit(
        IReadOnlyList<TransactionalOutput> outputs, IReadOnlyList<TransactionalPosition> positions, CancellationToken stop)
    {
        try
        {
            IProducer<byte[], byte[]> producer = Client();
            (TopicPartition Place, TransactionalPosition Position)[] here =
                [.. positions.Select(at => (Place: _member.PlaceOf(at.Ledger)!, at)).Where(at => at.Place is not null)];
            TransactionalOutput[] records = [.. outputs.Where(output => !IsRefused(output) && IsHere(output.Record.Receipt))];
            if (here.Length + records.Length == 0)
                return [];
            producer.BeginTransaction();
            foreach (TransactionalOutput output in records)
                Produce(producer, output, stop);
            foreach (StateOutput output in here.SelectMany(at => at.Position.State))
                Produce(producer, output, stop);
            if (here.Length > 0)
                Again(() => producer.SendOffsetsToTransaction(here.Select(at => new TopicPartitionOffset(at.Place, at.Position.Offset)), _member.Group, s_timeout), stop);
            Again(() => producer.CommitTransaction(s_timeout), stop);
            lock (_refused)
                _refused.Clear();
            return [.. here.Select(at => at.Position.Ledger)];
        }
        catch (KafkaException error)
        {
            Undo(error);
            throw new IOException(error.Error.Reason, error);
        }
        catch (ObjectDisposedException error)
        {
            throw new IOException($"Source {_source} is closed.", error);
        }
    }

    public void Dispose() => _producer?.Dispose();

    private bool IsHere(in Receipt receipt) => receipt.Ledger is null || _member.PlaceOf(receipt.Ledger.Partition) is not null;

    private bool IsRefused(in TransactionalOutput output)
    {
        lock (_refused)
            return _refused.Contains((output.Sink, output.Record.Payload));
    }

    private IProducer<byte[], byte[]> Client()
    {
        lock (_opening)
        {
            if (_producer is not null)
                return _producer;
            IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(_settings)
                .SetErrorHandler((_, error) => _log.SinkError(_source, error.Reason, error.IsFatal))
                .SetLogHandler((_, message) => _log.SinkClient(_source, message.Message))
                .Build();
            try
            {
                producer.InitTransactions(s_timeout);
                return _producer = producer;
            }
            catch (KafkaException)
            {
                producer.Dispose();
                throw;
            }
        }
    }

    private void Produce(IProducer<byte[], byte[]> producer, TransactionalOutput output, CancellationToken stop)
    {
        Message<byte[], byte[]> message = KafkaSink.Message(output.Record);
        try
        {
            Produce(producer, () => producer.Produce(output.Topic, message, report => OnReport(output, report.Error)), stop);
        }
        catch (ProduceException<byte[], byte[]> error) when (DeliveryFault.IsPermanent(error.Error))
        {
            OnReport(output, error.Error);
        }
    }

    /// <summary>State must not be left out: where it is refused, the transaction fails.</summary>
    private static void Produce(IProducer<byte[], byte[]> producer, StateOutput output, CancellationToken stop) => Produce(
        producer, () => producer.Produce(new TopicPartition(output.Topic, output.Partition), new Message<byte[], byte[]> { Key = output.Key, Value = output.Value! }), stop);

    private static void Produce(IProducer<byte[], byte[]> producer, Action produce, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                produce();
                return;
            }
            catch (ProduceException<byte[], byte[]> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                stop.ThrowIfCancellationRequested();
                producer.Poll(s_queueFullPause);
            }
        }
    }

    /// <summary>A record that will never be taken must not hold up the others for ever: the next attempt goes without it.</summary>
    private void OnReport(in TransactionalOutput output, Error error)
    {
        if (!error.IsError || error.Code == ErrorCode.Local_PurgeQueue || error.Code == ErrorCode.Local_PurgeInflight)
            return;
        _onError(output.Sink, DeliveryFault.Reason(error));
        if (!DeliveryFault.IsPermanent(error))
            return;
        _log.SinkRejected(output.Sink, output.Topic, error.Reason);
        lock (_refused)
            _refused.Add((output.Sink, output.Record.Payload));
    }

    /// <summary>Does a step of a transaction, again for as long as the broker does not say how it ended: it must be known before the next.</summary>
    private static void Again(Action step, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                step();
                return;
            }
            catch (KafkaRetriableException)
            {
                stop.WaitHandle.WaitOne(s_again);
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Leaves nothing of a transaction behind; a client that cannot even do that is replaced, and the next one fences it.</summary>
    private void Undo(KafkaException error)
    {
        if (_producer is null)
            return;
        try
        {
            if (!error.Error.IsFatal)
            {
                _producer.AbortTransaction(s_timeout);
                return;
            }
        }
        catch (KafkaException)
        {
            // Replaced below.
        }

        lock (_opening)
        {
            _producer.Dispose();
            _producer = null;
        }
    }
}
