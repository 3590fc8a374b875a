using Detector.Worker.Mqtt;

namespace Detector.Worker.Publishing;

/// <summary>Where alerts, scores, thresholds or dead letters go: one entry of <c>Detector:Sinks</c>.</summary>
public sealed class SinkOptions
{
    /// <summary><c>kafka</c>, <c>mqtt</c>, <c>file</c> (one JSON object a line) or <c>stdout</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Topic to produce to (kafka, mqtt). In one of MQTT <c>{series}</c> stands for the series, as one level.</summary>
    public string? Topic { get; set; }

    /// <summary>Broker (mqtt): <c>mqtt://HOST:PORT</c>, or <c>mqtts://HOST:PORT</c> for TLS.</summary>
    public string? Server { get; set; }

    /// <summary>How to talk to that broker (mqtt).</summary>
    public MqttOptions Mqtt { get; set; } = new();

    /// <summary>File to append to (file).</summary>
    public string? Path { get; set; }

    /// <summary>librdkafka settings, passed through by their own names (kafka). <c>bootstrap.servers</c> is needed.</summary>
    public IDictionary<string, string> Client { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
