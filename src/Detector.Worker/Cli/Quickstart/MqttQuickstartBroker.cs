using Detector.Worker.Ingestion;
using Detector.Worker.Publishing;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>A mosquitto of the quickstart's own. Each series has topics of its own below the names that Kafka's topics have.</summary>
internal sealed class MqttQuickstartBroker : IQuickstartBroker
{
    private readonly MosquittoProcess _process = MosquittoProcess.Start();

    public string Address => $"mqtt://127.0.0.1:{_process.Port}";

    public string Description => $"mosquitto; topics {string.Join(", ", QuickstartSession.Topics.Select(topic => topic + "/PUMP"))}";

    public string ShowAlerts => $"mosquitto_sub -h 127.0.0.1 -p {_process.Port} -t '{QuickstartSession.AlertTopic}/+'";

    public string SeriesRule => "topic:1";

    public bool KeepsMessages => false;

    public SinkOptions Sink(string topic) => new() { Type = SinkFactory.Mqtt, Server = Address, Topic = $"{topic}/{MqttTopic.Series}" };

    public SourceOptions Source(string topic, string reader) => new()
    {
        Type = SourceFactory.Mqtt,
        Server = Address,
        Topics = [$"{topic}/+"],
        // A minute passes each second here, and while it learns the detector holds the acknowledgements back.
        Mqtt = { SessionExpiry = TimeSpan.Zero, ReceiveMaximum = ushort.MaxValue },
    };

    public void Dispose() => _process.Dispose();
}
