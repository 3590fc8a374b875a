using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What a client says when it disconnects; beyond the reason it is MQTT 5.</summary>
public sealed class MqttClientDisconnectOptions
{
    public MqttClientDisconnectOptionsReason Reason { get; set; } = MqttClientDisconnectOptionsReason.NormalDisconnection;

    public string ReasonString { get; set; }

    /// <summary>Seconds that the session outlives the connection; 0 leaves it as it was when the client connected.</summary>
    public uint SessionExpiryInterval { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }
}
