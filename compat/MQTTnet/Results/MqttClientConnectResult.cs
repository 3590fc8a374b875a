using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>What the server said to CONNECT; most of it is MQTT 5.</summary>
public sealed class MqttClientConnectResult
{
    /// <summary>The name that the server gave a client which had none.</summary>
    public string AssignedClientIdentifier { get; init; }

    /// <summary>Whether the server has kept the session: subscriptions stand, and what was unacknowledged comes again.</summary>
    public bool IsSessionPresent { get; init; }

    /// <summary>Largest packet the server takes, in bytes; 0 when it did not say, null before MQTT 5.</summary>
    public uint? MaximumPacketSize { get; init; }

    public MqttQualityOfServiceLevel MaximumQoS { get; init; }

    public string ReasonString { get; init; }

    /// <summary>Messages of QoS 1 and 2 that the server takes unacknowledged; 0 when it did not say, which means 65,535, null before MQTT 5.</summary>
    public ushort? ReceiveMaximum { get; init; }

    public MqttClientConnectResultCode ResultCode { get; init; }

    public bool RetainAvailable { get; init; }

    /// <summary>Seconds the server wants instead of the client's keep-alive; 0 when it does not mind.</summary>
    public ushort ServerKeepAlive { get; init; }

    public string ServerReference { get; init; }

    public uint? SessionExpiryInterval { get; init; }

    public bool SharedSubscriptionAvailable { get; init; }

    public bool SubscriptionIdentifiersAvailable { get; init; }

    public ushort TopicAliasMaximum { get; init; }

    public List<MqttUserProperty> UserProperties { get; init; }

    public bool WildcardSubscriptionAvailable { get; init; }
}
