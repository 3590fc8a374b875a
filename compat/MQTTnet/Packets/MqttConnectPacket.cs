using MQTTnet.Protocol;

namespace MQTTnet.Packets;

internal sealed class MqttConnectPacket(MqttClientOptions options) : MqttPacket(MqttControlPacketType.Connect)
{
    public MqttClientOptions Options { get; } = options;
}
