using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttUnsubscribePacket(MqttClientUnsubscribeOptions options) : MqttPacket(MqttControlPacketType.Unsubscribe)
{
    public MqttClientUnsubscribeOptions Options { get; } = options;
}
