using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>SUBACK or UNSUBACK.</summary>
internal sealed class MqttSubscribeAckPacket(MqttControlPacketType type) : MqttPacket(type)
{
    /// <summary>One for each topic filter; null in an UNSUBACK of MQTT 3.</summary>
    public byte[] ReasonCodes { get; set; }

    public string ReasonString { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }
}
