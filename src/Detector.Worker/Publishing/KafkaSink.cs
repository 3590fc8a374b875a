using System.Text;
using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>
/// Produces records to a Kafka topic. Delivery is certain when the broker has acknowledged it; a record that could not be delivered in
/// librdkafka's own time is produced again for as long as the failure lasts, and what comes after it waits behind it.
/// </summary>
internal sealed partial class KafkaSink : ISink
{
    private static readonly TimeSpan s_queueFullPause = TimeSpan.FromMilliseconds(10);
    private readonly Dictionary<string, string> _settings;
    private readonly string _topic;
    private readonly ILogger _log;
    private readonly Action<string> _onError;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _disposed = new();
    private IProducer<byte[], byte[]> _producer;
    private long _published;
    private int _undelivered;

    /// <param name="onError">Told the reason of every failed delivery, one of <see cref="DeliveryFault.Reasons"/>.</param>
    /// <param name="clock">Clock of the pauses between attempts; null is the machine's.</param>
    public KafkaSink(string name, SinkOptions options, ILogger log, Action<string> onError, TimeProvider? clock = null)
    {
        Name = name;
        _topic = options.Topic!;
        _log = log;
        _onError = onError;
        _clock = clock ?? TimeProvider.System;
        _settings = Settings(options);
        _producer = Build();
    }

    public string Name { get; }

    /// <summary>
    /// Settings of the client. Defaults that a user's own outrank: no duplicates or reordering on retry, small latency, and compression that costs little.
    /// </summary>
    public static Dictionary<string, string> Settings(SinkOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["enable.idempotence"] = "true",
            ["acks"] = "all",
            ["linger.ms"] = "5",
            ["compression.type"] = "lz4",
            ["client.id"] = "detector",
        };
        foreach ((string key, string value) in options.Client)
            settings[key] = value;
        return settings;
    }

    public void Publish(in OutboundRecord record, CancellationToken stop)
    {
        if (record.Receipt.Checkpoint is IOutbox outbox && outbox.TryAdd(new TransactionalOutput(Name, _topic, record)))
            return;
        var delivery = new Delivery(Interlocked.Increment(ref _published), Message(record), record.Receipt);
        Interlocked.Increment(ref _undelivered);
        if (WaitForRetries(stop))
            Produce(delivery, stop);
    }

    public int Flush(TimeSpan timeout)
    {
        long started = _clock.GetTimestamp();
        while (Volatile.Read(ref _undelivered) > 0 && _clock.GetElapsedTime(started) < timeout)
        {
            Volatile.Read(ref _producer).Flush(TimeSpan.FromMilliseconds(100));
            // Records that wait for another attempt are not the producer's to flush.
            if (Volatile.Read(ref _undelivered) > 0)
                _disposed.Token.WaitHandle.WaitOne(s_queueFullPause);
        }

        return Volatile.Read(ref _undelivered);
    }

    private void Produce(Delivery delivery, CancellationToken stop)
    {
        // Given up, the receipt stays unreleased, and the message is read again after the restart.
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Volatile.Read(ref _producer).Produce(_topic, delivery.Message, report => OnReport(delivery, report.Error));
                return;
            }
            catch (ProduceException<byte[], byte[]> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                // The broker is slower than we are: wait, and with us everything before us.
                stop.WaitHandle.WaitOne(s_queueFullPause);
            }
            catch (ProduceException<byte[], byte[]> error)
            {
                OnReport(delivery, error.Error);
                return;
            }
        }
    }

    private void OnReport(Delivery delivery, Error error)
    {
        if (error.IsError)
        {
            _onError(DeliveryFault.Reason(error));
            if (!DeliveryFault.IsPermanent(error))
            {
                Retry(delivery, error);
                return;
            }

            _log.SinkRejected(Name, _topic, error.Reason);
        }

        delivery.Receipt.Release();
        Interlocked.Decrement(ref _undelivered);
    }

    private IProducer<byte[], byte[]> Build() => new ProducerBuilder<byte[], byte[]>(_settings)
        .SetErrorHandler(OnClientError)
        .SetLogHandler((_, message) => _log.SinkClient(Name, message.Message))
        .Build();

    /// <summary>A record as a message.</summary>
    public static Message<byte[], byte[]> Message(in OutboundRecord record)
    {
        var headers = new Headers();
        foreach ((string key, string value) in record.Headers)
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        return new Message<byte[], byte[]> { Key = record.Key, Value = record.Payload, Headers = headers };
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _producer.Dispose();
    }
}
