namespace MQTTnet;

/// <summary>What to subscribe to no longer.</summary>
public sealed class MqttClientUnsubscribeOptions
{
    public List<string> TopicFilters { get; set; } = [];
}
