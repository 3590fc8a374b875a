using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>One topic filter of a subscription.</summary>
public sealed class MqttTopicFilter
{
    /// <summary>Topic with wildcards, or a shared subscription <c>$share/group/topic</c>.</summary>
    public string Topic { get; set; }

    /// <summary>The most certain delivery that is asked for.</summary>
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    /// <summary>Leaves out what this client has published itself (MQTT 5).</summary>
    public bool NoLocal { get; set; }

    /// <summary>Keeps the retain flag as the publisher set it (MQTT 5).</summary>
    public bool RetainAsPublished { get; set; }

    /// <summary>Whether retained messages come at once (MQTT 5).</summary>
    public MqttRetainHandling RetainHandling { get; set; } = MqttRetainHandling.SendAtSubscribe;

    public override string ToString() =>
        $"TopicFilter: [Topic={Topic}] [QualityOfServiceLevel={QualityOfServiceLevel}] [NoLocal={NoLocal}] [RetainAsPublished={RetainAsPublished}] [RetainHandling={RetainHandling}]";
}
