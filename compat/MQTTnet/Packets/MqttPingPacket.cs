using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttPingPacket : MqttPacket
{
    public static readonly MqttPingPacket Request = new(MqttControlPacketType.PingReq);
    public static readonly MqttPingPacket Response = new(MqttControlPacketType.PingResp);

    private MqttPingPacket(MqttControlPacketType type)
        : base(type)
    {
    }
}
