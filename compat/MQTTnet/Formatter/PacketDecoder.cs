using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>Makes packets of bytes: those that a server sends.</summary>
internal sealed partial class PacketDecoder(MqttProtocolVersion version)
{
    private readonly TopicCache _topics = new();

    private bool HasProperties => version == MqttProtocolVersion.V500;

    /// <param name="header">First byte of the packet.</param>
    /// <param name="body">What follows the remaining length.</param>
    /// <exception cref="MqttProtocolViolationException">The bytes are no packet that a server may send.</exception>
    public MqttPacket Decode(byte header, ReadOnlySpan<byte> body)
    {
        var type = (MqttControlPacketType)(header >> 4);
        switch (type)
        {
            case MqttControlPacketType.PingResp:
                return MqttPingPacket.Response;
            case MqttControlPacketType.Disconnect:
                return Disconnect(new PacketReader(body));
        }

        if (body.IsEmpty)
            throw new MqttProtocolViolationException("Data from the body is required but not present.");
        var reader = new PacketReader(body);
        return type switch
        {
            MqttControlPacketType.Publish => Publish(header, reader),
            MqttControlPacketType.PubAck or MqttControlPacketType.PubRec or MqttControlPacketType.PubRel or MqttControlPacketType.PubComp => Ack(type, reader),
            MqttControlPacketType.SubAck or MqttControlPacketType.UnsubAck => SubscribeAck(type, reader),
            MqttControlPacketType.ConnAck => HasProperties ? ConnAck(reader) : ConnAckOfVersion3(reader),
            _ => throw new MqttProtocolViolationException($"Packet type ({(int)type}) not supported."),
        };
    }

    private MqttAckPacket Ack(MqttControlPacketType type, PacketReader reader)
    {
        var packet = new MqttAckPacket(type) { PacketIdentifier = reader.UInt16() };
        if (!HasProperties || reader.IsAtEnd)
            return packet;
        packet.ReasonCode = reader.Byte();
        var properties = new PropertyReader(ref reader);
        while (properties.MoveNext())
            packet.ReasonString = properties.Id == MqttPropertyId.ReasonString ? properties.Text() : throw properties.Unexpected(type);
        packet.UserProperties = properties.UserProperties;
        return packet;
    }

    private MqttSubscribeAckPacket SubscribeAck(MqttControlPacketType type, PacketReader reader)
    {
        var packet = new MqttSubscribeAckPacket(type) { PacketIdentifier = reader.UInt16() };
        if (HasProperties)
        {
            var properties = new PropertyReader(ref reader);
            while (properties.MoveNext())
                packet.ReasonString = properties.Id == MqttPropertyId.ReasonString ? properties.Text() : throw properties.Unexpected(type);
            packet.UserProperties = properties.UserProperties;
        }

        if (HasProperties || type == MqttControlPacketType.SubAck)
            packet.ReasonCodes = reader.Rest();
        return packet;
    }

    private MqttDisconnectPacket Disconnect(PacketReader reader)
    {
        var packet = new MqttDisconnectPacket();
        if (!HasProperties || reader.IsAtEnd)
            return packet;
        packet.ReasonCode = (MqttDisconnectReasonCode)reader.Byte();
        var properties = new PropertyReader(ref reader);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case MqttPropertyId.SessionExpiryInterval:
                    packet.SessionExpiryInterval = properties.UInt32();
                    break;
                case MqttPropertyId.ReasonString:
                    packet.ReasonString = properties.Text();
                    break;
                case MqttPropertyId.ServerReference:
                    packet.ServerReference = properties.Text();
                    break;
                default:
                    throw properties.Unexpected(packet.Type);
            }
        }

        packet.UserProperties = properties.UserProperties;
        return packet;
    }
}
