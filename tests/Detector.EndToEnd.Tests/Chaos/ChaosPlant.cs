using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>A broker that survives the service, pumps whose samples come steadily, and the configuration that the service runs with.</summary>
internal sealed class ChaosPlant : IDisposable
{
    public const string Samples = "sensors", Alerts = "alerts", Scores = "scores";
    public const int Pumps = 4, Partitions = 2, WarmupRows = 200;

    /// <summary>
    /// Clients give an unanswered request up after this: the embedded broker, when it goes down, leaves some connection open that it never answers again.
    /// With the usual minute the plant itself would fall silent.
    /// </summary>
    private const int SocketTimeoutMs = 3000;

    /// <summary>
    /// Rows that may be fed and not scored yet. The embedded broker keeps 5 MB of a partition: on a busy machine, with one death after the other, a feed that
    /// did not wait would have it throw away what nobody has read.
    /// </summary>
    private const int MaxBehind = 4000;

    /// <summary>
    /// Members of a group give up later than the group does: one that asks again while the broker still owes it the answer to a SyncGroup
    /// ends the process that holds the embedded broker, which asserts that this never happens.
    /// </summary>
    private const int SessionTimeoutMs = 4000, MemberTimeoutMs = 10_000;

    private readonly TemporaryDirectory _directory = new();
    private readonly IProducer<byte[], byte[]> _producer;

    /// <param name="workers">Several share the topic, with their state in another topic and a directory of models in common.</param>
    /// <param name="models">Where several workers keep their models; null keeps them in a directory in common.</param>
    /// <param name="delivery">What the service promises.</param>
    /// <param name="inFlight">Batches that the sinks may have under way at a time; null leaves it to the client.</param>
    public ChaosPlant(int workers = 1, S3Server? models = null, string delivery = "at-least-once", int? inFlight = null)
    {
        Broker = EmbeddedBroker.Start();
        Broker.CreateTopic(Samples, Partitions);
        Broker.CreateTopic(Alerts, 1);
        Broker.CreateTopic(Scores, 1);
        Broker.CreateTopic("state", Partitions);
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = Broker.BootstrapServers, LingerMs = 20, CompressionType = CompressionType.Lz4, EnableIdempotence = true, ReconnectBackoffMaxMs = 500,
            SocketTimeoutMs = SocketTimeoutMs,
            MaxInFlight = 1, // the embedded broker takes batches in whatever order they come again, where Kafka would refuse them
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        Observed = new Observed(Broker.BootstrapServers, SocketTimeoutMs, workers > 1, Alerts, Scores);
        for (int worker = 0; worker < workers; worker++)
        {
            object state = workers == 1
                ? new { Directory = State, SnapshotInterval = "00:00:00.2" }
                : new
                {
                    Directory = Path.Combine(Folder, $"worker-{worker}"),
                    ModelDirectory = models is null ? Path.Combine(Folder, "models") : null,
                    ModelBucket = models is null ? null : new { Name = "models", models.Endpoint, AccessKey = S3Server.Account, SecretKey = S3Server.Account },
                    Topic = new { Name = "state", Client = new Dictionary<string, string> { ["bootstrap.servers"] = Broker.BootstrapServers } },
                    SnapshotInterval = "00:00:00.5",
                };
            _directory.Write($"worker-{worker}.json", Text(state, delivery, inFlight));
        }
    }

    public EmbeddedBroker Broker { get; }

    public Observed Observed { get; }

    public string State => Path.Combine(_directory.Path, "state");

    public string Folder => _directory.Path;

    public Task<RunningService> StartAsync(int worker = 0) => RunningService.StartAsync(Path.Combine(Folder, $"worker-{worker}.json"));

    /// <summary>Samples of all pumps for so many seconds, the second of every ten minutes with a leak of half a minute in one of them.</summary>
    public static IEnumerable<(int Pump, string Payload)> Rows(int seconds)
    {
        PumpSimulator[] pumps = [.. Enumerable.Range(0, Pumps).Select(pump => new PumpSimulator(seed: 21 + pump))];
        double[] values = new double[PumpSimulator.Sensors.Count];
        for (int second = 0; second < seconds; second++)
        {
            for (int pump = 0; pump < Pumps; pump++)
            {
                bool leak = second > WarmupRows + 40 && (second + 50 * pump) % 200 < 30;
                pumps[pump].Next(leak ? FaultKind.Leak : null, leak ? 4 : 0, values);
                yield return (pump, Encoding.UTF8.GetString(SampleMessage.Create($"pump-{pump}", PumpRows.TimeOf(second), PumpSimulator.Sensors, values).Payload));
            }
        }
    }

    /// <summary>Produces rows, so many seconds of them in a second at most; waits where the service is far behind.</summary>
    public async Task FeedAsync(IEnumerable<(int Pump, string Payload)> rows, double speed, CancellationToken stop)
    {
        int sent = 0;
        foreach ((int pump, string payload) in rows)
        {
            Produce(pump, payload);
            if (++sent % (Pumps * 10) != 0)
                continue;
            await Task.Delay(TimeSpan.FromSeconds(10 / speed), stop);
            while (sent - Observed.Count > MaxBehind)
                await Task.Delay(50, stop);
        }

        while (_producer.Flush(TimeSpan.FromSeconds(1)) > 0)
            stop.ThrowIfCancellationRequested();
    }

    /// <summary>Says how many of these records a reader finds that starts now: what it finds the first one overlooked, what it does not find was never stored.</summary>
    public string LookAgainFor(IReadOnlyCollection<string> keys)
    {
        using var again = new Observed(Broker.BootstrapServers, SocketTimeoutMs, false, Alerts, Scores);
        int Found() => again.Look(records => keys.Count(records.Contains));
        SpinWait.SpinUntil(() => again.Count >= Observed.Count && Found() == keys.Count, TimeSpan.FromSeconds(10));
        return FormattableString.Invariant($"A new reader finds {again.Count} records, {Found()} of the {keys.Count} missing among them.");
    }

    public void Dispose()
    {
        Observed.Dispose();
        _producer.Dispose();
        Broker.Dispose();
        _directory.Dispose();
    }

    private void Produce(int pump, string payload) => _producer.Produce(
        new TopicPartition(Samples, pump % Partitions),
        new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes($"pump-{pump}"), Value = Encoding.UTF8.GetBytes(payload) });

    private string Text(object state, string delivery, int? inFlight)
    {
        var client = new Dictionary<string, string> { ["bootstrap.servers"] = Broker.BootstrapServers, ["reconnect.backoff.max.ms"] = "500", ["socket.timeout.ms"] = $"{SocketTimeoutMs}" };
        var sink = new Dictionary<string, string>(client);
        if (inFlight is { } batches)
            sink["max.in.flight.requests.per.connection"] = $"{batches}";
        object Topic(string name) => new { Type = "kafka", Topic = name, Client = sink };
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
                            ["group.id"] = "detector",
                            ["session.timeout.ms"] = $"{SessionTimeoutMs}",
                            ["socket.timeout.ms"] = $"{MemberTimeoutMs}",
                            ["heartbeat.interval.ms"] = "300",
                            ["fetch.wait.max.ms"] = "20",
                            ["auto.commit.interval.ms"] = "500",
                        },
                        Decode = new { Format = "json", Series = "$.device", Timestamp = "$.ts", Features = "$.values" },
                    },
                },
                Pipelines = new
                {
                    pumps = new
                    {
                        Sources = new[] { "plant" },
                        Window = new { Period = "00:00:01" },
                        Model = new { Networks = new[] { "linear" } },
                        Training = new { Warmup = TimeSpan.FromSeconds(WarmupRows).ToString("c"), MaxSteps = 100 },
                        Alert = new { MergeGap = "00:00:20" },
                        Sinks = new[] { Alerts },
                        ScoreSinks = new[] { Scores },
                    },
                },
                Sinks = new { alerts = Topic(Alerts), scores = Topic(Scores) },
                State = state,
                Delivery = delivery,
                Http = new { Port = 0 },
                Device = "cpu",
            },
        });
    }
}
