using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttDisconnectPacket() : MqttPacket(MqttControlPacketType.Disconnect)
{
    public MqttDisconnectReasonCode ReasonCode { get; set; }

    public string ReasonString { get; set; }

    public string ServerReference { get; set; }

    public uint? SessionExpiryInterval { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }
}
