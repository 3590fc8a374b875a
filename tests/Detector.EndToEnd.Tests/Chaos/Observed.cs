using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Confluent.Kafka;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>Everything that was published to topics, followed as it comes: by key, what came twice, and what came twice with other content.</summary>
internal sealed partial class Observed : IDisposable
{
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _records = new(StringComparer.Ordinal);
    private readonly List<string> _contradictions = [];
    private int _repeated;

    public Observed(string servers, params string[] topics)
    {
        _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers, GroupId = "observer", FetchWaitMaxMs = 20, EnableAutoCommit = false, ReconnectBackoffMaxMs = 500,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _consumer.Assign(topics.Select(topic => new TopicPartitionOffset(topic, 0, Offset.Beginning)));
        _thread = new Thread(Follow) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Records that came again, with the same content.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    public IReadOnlyList<string> Contradictions
    {
        get
        {
            lock (_lock)
                return [.. _contradictions];
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _records.Count;
        }
    }

    /// <summary>Scores by series and time, alerts by id and revision. Versions of models and the hash of the configuration are left out: they are another run's.</summary>
    public SortedDictionary<string, string> Records()
    {
        lock (_lock)
            return new(_records.ToDictionary(pair => pair.Key, pair => OfTheRun().Replace(pair.Value, "\"\":\"\"")), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _consumer.Dispose();
        _stop.Dispose();
    }

    /// <summary>Takes a record as JSON.</summary>
    public void Take(string json)
    {
        JsonElement record = JsonDocument.Parse(json).RootElement;
        string key = record.TryGetProperty("id", out JsonElement id)
            ? $"alert {id.GetString()} {record.GetProperty("revision").GetInt32():D3}"
            : $"score {record.GetProperty("series").GetString()} {record.GetProperty("timestamp").GetString()}";
        lock (_lock)
        {
            if (_records.TryAdd(key, json))
                return;
            _repeated++;
            if (_records[key] != json)
                _contradictions.Add($"{_records[key]}\n{json}");
        }
    }

    private void Follow()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (_consumer.Consume(TimeSpan.FromMilliseconds(50)) is { Message.Value: { } value })
                    Take(Encoding.UTF8.GetString(value));
            }
            catch (ConsumeException)
            {
                // The broker is down, or the topic is not there yet.
            }
        }
    }

    [GeneratedRegex("\"(version|configHash)\":\"[^\"]*\"")]
    private static partial Regex OfTheRun();
}
