using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Detector.EndToEnd.Tests.Service;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>Services that write log lines, into a topic or a file, and a detector that reads them.</summary>
internal sealed class LogPlant : IDisposable
{
    public const int BucketSeconds = 10, LearnSeconds = 300, WarmupBuckets = 150, Services = 2;
    private const string Lines = "lines", Templates = "templates", Alerts = "alerts", Scores = "scores";
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_services = ["orders", "search"];

    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly bool _file;

    /// <param name="file">Whether the lines stand in a file that is followed and rotated, and not on a topic.</param>
    public LogPlant(bool file)
    {
        _file = file;
        _broker.CreateTopic(Lines, s_services.Length);
        _broker.CreateTopic(Templates, 1);
        _broker.CreateTopic(Alerts, 1);
        _broker.CreateTopic(Scores, 1);
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = _broker.BootstrapServers, LingerMs = 5, EnableIdempotence = true, MaxInFlight = 1,
        }).SetLogHandler((_, _) => { }).Build();
        Observed = new Observed(_broker.BootstrapServers, 10_000, false, Alerts, Scores);
        Configuration = _directory.Write("config.json", Text());
    }

    public Observed Observed { get; }

    public string Configuration { get; }

    /// <summary>Time of a second, as in scores.</summary>
    public static DateTimeOffset TimeOf(int second) => s_start.AddSeconds(second);

    /// <summary>Writes a second's lines of all services. A file is rotated now and then.</summary>
    public void Write(int second, IReadOnlyList<ServiceSimulator> services)
    {
        for (int i = 0; i < s_services.Length; i++)
        {
            LogFaultKind? fault = second > LearnSeconds + (WarmupBuckets * BucketSeconds) + 200 && (second + (150 * i)) % 300 < 40 ? (LogFaultKind)(second / 300 % 4) : null;
            foreach (string line in services[i].Second(TimeOf(second), fault))
                Write(i, line);
            if (fault == LogFaultKind.NewError)
                Write(i, "java.io.IOException: no space\n\tat storage.Volume.write(Volume.java:17)");
        }

        if (_file && second % 500 == 499)
            File.Move(LogPath, $"{LogPath}.{second / 500}");
    }

    public static ServiceSimulator[] Simulators() => [.. s_services.Select((name, i) => new ServiceSimulator(name, seed: 3 + i))];

    /// <summary>What a compacted topic keeps of the templates: the latest text of each id.</summary>
    public async Task<SortedDictionary<string, string>> TemplatesAsync()
    {
        var latest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (TopicMessage message in await KcatTopic.ReadAsync(_broker.BootstrapServers, Templates))
            latest[message.Key!] = message.Json.GetProperty("template").GetString()!;
        return latest;
    }

    public void Flush() => _producer.Flush(TimeSpan.FromSeconds(10));

    public void Dispose()
    {
        Observed.Dispose();
        _producer.Dispose();
        _broker.Dispose();
        _directory.Dispose();
    }

    private string LogPath => Path.Combine(_directory.Path, "service.log");

    private void Write(int service, string line)
    {
        if (_file)
            File.AppendAllText(LogPath, line.StartsWith("2026", StringComparison.Ordinal) ? $"{line[..25]}{Host(line, service)}\n" : line + "\n");
        else
            _producer.Produce(new TopicPartition(Lines, service), new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(s_services[service]), Value = Encoding.UTF8.GetBytes(line) });
    }

    /// <summary>In a file the services are told apart by the component in their lines.</summary>
    private static string Host(string line, int service)
    {
        string[] parts = line[25..].Split(' ', 3);
        return $"{parts[0]} {s_services[service]}: {parts[2]}";
    }

    private string Text()
    {
        var client = new Dictionary<string, string> { ["bootstrap.servers"] = _broker.BootstrapServers };
        object Topic(string name) => new { Type = "kafka", Topic = name, Client = client };
        object decode = new
        {
            Format = "logs",
            Logs = new
            {
                Bucket = TimeSpan.FromSeconds(BucketSeconds).ToString("c"), Learn = TimeSpan.FromSeconds(LearnSeconds).ToString("c"), Session = "req-",
                SessionTimeout = "00:00:20", DivideBy = _file ? "component" : "message", Templates,
            },
        };
        object source = _file
            ? new { Type = "file", Path = LogPath, Follow = true, Decode = decode }
            : new
            {
                Type = "kafka",
                Topics = new[] { Lines },
                Client = new Dictionary<string, string>(client) { ["group.id"] = "detector", ["session.timeout.ms"] = "4000", ["heartbeat.interval.ms"] = "300", ["fetch.wait.max.ms"] = "20" },
                Decode = decode,
            };
        return JsonSerializer.Serialize(new
        {
            Detector = new
            {
                Sources = new { lines = source },
                Pipelines = new
                {
                    logs = new
                    {
                        Sources = new[] { "lines" },
                        Window = new { Period = TimeSpan.FromSeconds(BucketSeconds).ToString("c"), Length = "00:01:20" },
                        Model = new { Networks = new[] { "linear" } },
                        Training = new { Warmup = TimeSpan.FromSeconds(WarmupBuckets * BucketSeconds).ToString("c"), MaxSteps = 100 },
                        Alert = new { MergeGap = "00:01:00" },
                        Sinks = new[] { Alerts },
                        ScoreSinks = new[] { Scores },
                    },
                },
                Sinks = new { templates = Topic(Templates), alerts = Topic(Alerts), scores = Topic(Scores) },
                State = new { Directory = Path.Combine(_directory.Path, "state"), SnapshotInterval = "00:00:00.1" },
                Http = new { Port = 0 },
                Device = "cpu",
            },
        });
    }
}
