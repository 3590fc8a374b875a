using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttPublishPacket(MqttApplicationMessage message) : MqttPacket(MqttControlPacketType.Publish)
{
    public MqttApplicationMessage Message { get; } = message;
}
