using System.Text;
using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>
/// Produces records to a Kafka topic. Delivery is certain when the broker has acknowledged it; a record that could not be delivered in
/// librdkafka's own time is produced again for as long as the failure lasts.
/// </summary>
internal sealed class KafkaSink : ISink
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly string _topic;
    private readonly ILogger _log;
    private readonly Action<string> _onError;
    private readonly CancellationTokenSource _disposed = new();
    private int _undelivered;

    /// <param name="onError">Told the reason of every failed delivery.</param>
    public KafkaSink(string name, SinkOptions options, ILogger log, Action<string> onError)
    {
        Name = name;
        _topic = options.Topic!;
        _log = log;
        _onError = onError;
        // Defaults that a user's own settings outrank: no duplicates or reordering on retry, small latency, and compression that costs little.
        var client = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["enable.idempotence"] = "true",
            ["linger.ms"] = "5",
            ["compression.type"] = "zstd",
            ["client.id"] = "detector",
        };
        foreach ((string key, string value) in options.Client)
            client[key] = value;
        _producer = new ProducerBuilder<byte[], byte[]>(client)
            .SetErrorHandler((_, error) => _log.SinkError(Name, error.Reason, error.IsFatal))
            .SetLogHandler((_, message) => _log.SinkClient(Name, message.Message))
            .Build();
    }

    public string Name { get; }

    public void Publish(in OutboundRecord record, CancellationToken giveUp)
    {
        var message = new Message<byte[], byte[]> { Key = record.Key, Value = record.Payload, Headers = Headers(record) };
        Interlocked.Increment(ref _undelivered);
        Produce(message, record.Receipt, s_firstPause, giveUp);
    }

    public int Flush(TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (Volatile.Read(ref _undelivered) > 0 && Environment.TickCount64 < deadline)
            _producer.Flush(TimeSpan.FromMilliseconds(100));
        return Volatile.Read(ref _undelivered);
    }

    private void Produce(Message<byte[], byte[]> message, Receipt receipt, TimeSpan pause, CancellationToken giveUp)
    {
        while (true)
        {
            giveUp.ThrowIfCancellationRequested();
            try
            {
                _producer.Produce(_topic, message, report => OnDelivered(message, receipt, pause, report.Error));
                return;
            }
            catch (ProduceException<byte[], byte[]> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                // The broker is slower than we are: wait, and with us everything before us.
                giveUp.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10));
            }
            catch (ProduceException<byte[], byte[]> error)
            {
                OnDelivered(message, receipt, pause, error.Error);
                return;
            }
        }
    }

    private void OnDelivered(Message<byte[], byte[]> message, Receipt receipt, TimeSpan pause, Error error)
    {
        if (!error.IsError)
        {
            Finish(receipt);
            return;
        }

        _onError(Reason(error));
        if (IsPermanent(error))
        {
            _log.SinkRejected(Name, _topic, error.Reason);
            Finish(receipt);
            return;
        }

        _log.SinkRetries(Name, _topic, error.Reason, pause.TotalSeconds);
        _ = RetryAsync(message, receipt, pause);
    }

    private async Task RetryAsync(Message<byte[], byte[]> message, Receipt receipt, TimeSpan pause)
    {
        try
        {
#pragma warning disable CA5394 // Jitter, not a secret.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), _disposed.Token).ConfigureAwait(false);
#pragma warning restore CA5394
            TimeSpan next = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            Produce(message, receipt, next, _disposed.Token);
        }
        catch (OperationCanceledException)
        {
            // The service stops: the receipt stays unreleased, and the message is read again after the restart.
        }
    }

    private void Finish(Receipt receipt)
    {
        receipt.Release();
        Interlocked.Decrement(ref _undelivered);
    }

    /// <summary>Failures that the same record would meet again for ever.</summary>
    private static bool IsPermanent(Error error) => error.Code is
        ErrorCode.MsgSizeTooLarge or ErrorCode.TopicException or ErrorCode.InvalidMsg or ErrorCode.InvalidRecord or ErrorCode.RecordListTooLarge;

    private static string Reason(Error error) => error.Code switch
    {
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge => "too_large",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed => "not_authorized",
        ErrorCode.Local_MsgTimedOut or ErrorCode.RequestTimedOut or ErrorCode.Local_TimedOut => "timeout",
        ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown => "unreachable",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.TopicException => "unknown_topic",
        _ => "other",
    };

    private static Headers Headers(in OutboundRecord record)
    {
        var headers = new Headers();
        foreach ((string key, string value) in record.Headers)
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        return headers;
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _producer.Dispose();
        _disposed.Dispose();
    }
}
