using Detector.Worker.Mqtt;

namespace Detector.Worker.Publishing;

/// <summary>Where alerts, scores, thresholds or dead letters go: one entry of <c>Detector:Sinks</c>.</summary>
public sealed class SinkOptions
{
    /// <summary>
    /// <c>kafka</c>, <c>mqtt</c>, <c>file</c> (one JSON object a line), <c>stdout</c>, <c>webhook</c> (each record posted to a web address) or
    /// <c>alertmanager</c> (alerts only).
    /// </summary>
    public string Type { get; set; } = "";

    /// <summary>Topic to produce to (kafka, mqtt). In one of MQTT <c>{series}</c> stands for the series, as one level.</summary>
    public string? Topic { get; set; }

    /// <summary>
    /// Broker (mqtt): <c>mqtt://HOST:PORT</c>, or <c>mqtts://HOST:PORT</c> for TLS. Address to post to (webhook), or of the Alertmanager without its
    /// API's path (alertmanager): <c>http://HOST:9093</c>.
    /// </summary>
    public string? Server { get; set; }

    /// <summary>How to talk to that broker (mqtt).</summary>
    public MqttOptions Mqtt { get; set; } = new();

    /// <summary>File to append to (file).</summary>
    public string? Path { get; set; }

    /// <summary>librdkafka settings, passed through by their own names (kafka). <c>bootstrap.servers</c> is needed.</summary>
    public IDictionary<string, string> Client { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Key of the signature (webhook): HMAC-SHA-256 as the Standard Webhooks specification has it; null signs nothing. <c>Secret.file</c> names a
    /// file that holds it.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>Longest time that one request may take (webhook, alertmanager).</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
