using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>A packet of either direction; those with a packet identifier say so.</summary>
internal abstract class MqttPacket(MqttControlPacketType type)
{
    public MqttControlPacketType Type { get; } = type;

    /// <summary>0 for packets that have none.</summary>
    public ushort PacketIdentifier { get; set; }
}
