using Detector.Worker.Ingestion;
using Detector.Worker.Publishing;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The embedded broker, which speaks Kafka's protocol.</summary>
internal sealed class KafkaQuickstartBroker : IQuickstartBroker
{
    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();

    public KafkaQuickstartBroker(params IEnumerable<string> topics)
    {
        foreach (string topic in topics)
            _broker.CreateTopic(topic, 1);
    }

    public string Address => _broker.BootstrapServers;

    public string Description => $"Kafka protocol; topics {string.Join(", ", QuickstartSession.Topics)}";

    public string ShowAlerts => $"kcat -b {Address} -t {QuickstartSession.AlertTopic} -o beginning";

    public string SeriesRule => "$.device";

    public bool KeepsMessages => true;

    public SinkOptions Sink(string topic) => new()
    {
        Type = SinkFactory.Kafka,
        Topic = topic,
        Client = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = Address },
    };

    public SourceOptions Source(string topic, string reader) => new()
    {
        Type = SourceFactory.Kafka,
        Topics = [topic],
        Client = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = Address,
            ["group.id"] = reader,
            // The embedded broker answers an empty fetch only after this long.
            ["fetch.wait.max.ms"] = "20",
        },
    };

    public void Dispose() => _broker.Dispose();
}
