using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttSubscribePacket(MqttClientSubscribeOptions options) : MqttPacket(MqttControlPacketType.Subscribe)
{
    public MqttClientSubscribeOptions Options { get; } = options;
}
