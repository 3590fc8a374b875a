using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttConnAckPacket(MqttClientConnectResult result) : MqttPacket(MqttControlPacketType.ConnAck)
{
    public MqttClientConnectResult Result { get; } = result;
}
