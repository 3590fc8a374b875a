using System.Text.Json;
using Confluent.Kafka;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>A broker with its topics, a directory and a configuration file: what the service runs on.</summary>
internal sealed class Plant : IDisposable
{
    public const string Samples = "sensors", Alerts = "alerts", Scores = "scores", Thresholds = "thresholds", Rejected = "rejected", Group = "detector";

    /// <summary>Longer messages are too large.</summary>
    public const int MaxMessageBytes = 4096;

    /// <summary>Rows that a series learns from: its warm-up in seconds.</summary>
    public const int WarmupRows = 400;

    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();

    /// <param name="state">Models to begin with, copied; null begins with none.</param>
    /// <param name="commitEvery">How often offsets are committed while it runs.</param>
    public Plant(string? state = null, TimeSpan? commitEvery = null)
    {
        foreach (string topic in (string[])[Samples, Alerts, Scores, Thresholds, Rejected])
            _broker.CreateTopic(topic, 1);
        // Models alone: what was being watched was so on another broker.
        if (state is not null)
            Copy(Path.Combine(state, "models"), Path.Combine(State, "models"));
        Configuration = _directory.Write("config.json", Text(commitEvery ?? TimeSpan.FromSeconds(1)));
    }

    public string Servers => _broker.BootstrapServers;

    public string Configuration { get; }

    public string State => Path.Combine(_directory.Path, "state");

    public string Weights => Assert.Single(Directory.GetFiles(State, "weights.safetensors", SearchOption.AllDirectories));

    public Task ProduceAsync(params IEnumerable<(string Key, string Payload)> messages) => KcatTopic.ProduceAsync(Servers, Samples, messages);

    public KcatTopic Follow(string topic) => KcatTopic.Follow(Servers, topic);

    /// <summary>How far the service's group has come, as the broker knows it.</summary>
    public long CommittedOffset()
    {
        using IConsumer<byte[], byte[]> client = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = Servers, GroupId = Group }).Build();
        return Assert.Single(client.Committed([new TopicPartition(Samples, 0)], TimeSpan.FromSeconds(20))).Offset.Value;
    }

    public void Dispose()
    {
        _broker.Dispose();
        _directory.Dispose();
    }

    private string Text(TimeSpan commitEvery)
    {
        var client = new Dictionary<string, string> { ["bootstrap.servers"] = Servers };
        object Topic(string name) => new { Type = "kafka", Topic = name, Client = client };
        return JsonSerializer.Serialize(new
        {
            Detector = new
            {
                Sources = new
                {
                    plant = new
                    {
                        Type = "kafka",
                        Topics = new[] { Samples },
                        Client = new Dictionary<string, string>(client)
                        {
                            ["group.id"] = Group,
                            // A member that was killed is forgotten after this time; the embedded broker answers an empty fetch only after that one.
                            ["session.timeout.ms"] = "4000",
                            ["heartbeat.interval.ms"] = "500",
                            ["fetch.wait.max.ms"] = "20",
                            ["auto.commit.interval.ms"] = commitEvery.TotalMilliseconds.ToString("F0", System.Globalization.CultureInfo.InvariantCulture),
                        },
                        Decode = new { Format = "json", Series = "$.device", Timestamp = "$.ts", Features = "$.values" },
                        DeadLetter = Rejected,
                        MaxMessageBytes,
                    },
                },
                Pipelines = new
                {
                    pumps = new
                    {
                        Sources = new[] { "plant" },
                        Series = "pump-*",
                        Window = new { Period = "00:00:01" },
                        Training = new { Warmup = TimeSpan.FromSeconds(WarmupRows).ToString("c"), MaxSteps = 600 },
                        Alert = new { MergeGap = "00:00:40" },
                        Sinks = new[] { Alerts },
                        ScoreSinks = new[] { Scores },
                        ThresholdSinks = new[] { Thresholds },
                    },
                },
                Sinks = new { alerts = Topic(Alerts), scores = Topic(Scores), thresholds = Topic(Thresholds), rejected = Topic(Rejected) },
                State = new { Directory = State },
                Http = new { Port = 0 },
                Device = "cpu",
            },
        });
    }

    /// <summary>Copies a directory of models.</summary>
    public static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
