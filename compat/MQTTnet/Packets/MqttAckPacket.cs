using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP. What follows the identifier is MQTT 5.</summary>
internal sealed class MqttAckPacket(MqttControlPacketType type) : MqttPacket(type)
{
    public byte ReasonCode { get; set; }

    public string ReasonString { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }
}
