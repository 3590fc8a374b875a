using System.Text;
using Confluent.Kafka;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>Everything that is published to topics, followed as it comes.</summary>
internal sealed class Observed : IDisposable
{
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Records _records;
    private readonly Dictionary<string, long> _next;

    public Observed(string servers, int socketTimeoutMs, bool ignoreConfiguration, params string[] topics)
    {
        _records = new Records(ignoreConfiguration);
        _next = topics.ToDictionary(topic => topic, _ => 0L);
        _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers, GroupId = "observer", FetchWaitMaxMs = 20, EnableAutoCommit = false, ReconnectBackoffMaxMs = 500,
            AutoOffsetReset = AutoOffsetReset.Earliest, SocketTimeoutMs = socketTimeoutMs,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _consumer.Assign(topics.Select(topic => new TopicPartitionOffset(topic, 0, Offset.Beginning)));
        _thread = new Thread(Follow) { IsBackground = true };
        _thread.Start();
    }

    public int Count => Look(records => records.Count);

    /// <summary>Whether everything that the topics hold has come.</summary>
    public bool AtEnd()
    {
        TimeSpan timeout = TimeSpan.FromSeconds(10);
        return _next.Keys.All(topic => _consumer.QueryWatermarkOffsets(new TopicPartition(topic, 0), timeout).High.Value == Look(_ => _next[topic]));
    }

    /// <summary>Looks at what has come.</summary>
    public T Look<T>(Func<Records, T> look)
    {
        lock (_lock)
            return look(_records);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _consumer.Dispose();
        _stop.Dispose();
    }

    private void Follow()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (_consumer.Consume(TimeSpan.FromMilliseconds(50)) is not { Message.Value: { } value } result)
                    continue;
                lock (_lock)
                {
                    _records.Take(Encoding.UTF8.GetString(value));
                    _next[result.Topic] = result.Offset.Value + 1;
                }
            }
            catch (ConsumeException)
            {
                // The broker is down.
            }
        }
    }
}
