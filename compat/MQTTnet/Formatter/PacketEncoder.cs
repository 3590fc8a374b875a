using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>Makes bytes of packets: those that a client sends.</summary>
internal sealed partial class PacketEncoder(MqttProtocolVersion version)
{
    private const long MaxRemaining = (1 << 28) - 1;
    private readonly ArrayBufferWriter<byte> _body = new(256);
    private readonly PropertyWriter _properties = new();

    private bool HasProperties => version == MqttProtocolVersion.V500;

    /// <summary>Appends the packet to <paramref name="target"/>, or nothing if it throws.</summary>
    /// <exception cref="MqttProtocolViolationException">A field does not fit into its place.</exception>
    public void Encode(MqttPacket packet, ArrayBufferWriter<byte> target)
    {
        _body.ResetWrittenCount();
        _properties.Clear();
        ReadOnlySequence<byte> payload = default;
        int flags = 0;
        switch (packet)
        {
            case MqttConnectPacket connect:
                Connect(connect.Options);
                break;
            case MqttPublishPacket publish:
                flags = Publish(publish);
                payload = publish.Message.Payload;
                break;
            case MqttAckPacket ack:
                flags = ack.Type == MqttControlPacketType.PubRel ? 2 : 0;
                Ack(ack);
                break;
            case MqttSubscribePacket subscribe:
                flags = 2;
                Subscribe(subscribe);
                break;
            case MqttUnsubscribePacket unsubscribe:
                flags = 2;
                Unsubscribe(unsubscribe);
                break;
            case MqttDisconnectPacket disconnect:
                Disconnect(disconnect);
                break;
        }

        long remaining = _body.WrittenCount + payload.Length;
        if (remaining > MaxRemaining)
            throw new MqttProtocolViolationException($"The packet is {remaining} bytes long, and the protocol allows {MaxRemaining}.");
        target.Byte((byte)(((int)packet.Type << 4) | flags));
        target.Variable((uint)remaining);
        target.Write(_body.WrittenSpan);
        foreach (ReadOnlyMemory<byte> segment in payload)
            target.Write(segment.Span);
    }

    private int Publish(MqttPublishPacket packet)
    {
        MqttApplicationMessage message = packet.Message;
        _body.Text(message.Topic);
        if (message.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            _body.UInt16(packet.PacketIdentifier);
        if (HasProperties)
        {
            _properties.Byte(MqttPropertyId.PayloadFormatIndicator, (byte)message.PayloadFormatIndicator);
            _properties.UInt32(MqttPropertyId.MessageExpiryInterval, message.MessageExpiryInterval);
            _properties.UInt16(MqttPropertyId.TopicAlias, message.TopicAlias);
            _properties.Text(MqttPropertyId.ResponseTopic, message.ResponseTopic);
            _properties.Binary(MqttPropertyId.CorrelationData, message.CorrelationData);
            _properties.Text(MqttPropertyId.ContentType, message.ContentType);
            _properties.User(message.UserProperties);
            _properties.WriteTo(_body);
        }

        return ((int)message.QualityOfServiceLevel << 1) | (message.Retain ? 1 : 0);
    }

    private void Ack(MqttAckPacket packet)
    {
        _body.UInt16(packet.PacketIdentifier);
        if (!HasProperties)
            return;
        _properties.Text(MqttPropertyId.ReasonString, packet.ReasonString);
        _properties.User(packet.UserProperties);
        if (packet.ReasonCode == 0 && _properties.IsEmpty)
            return;
        _body.Byte(packet.ReasonCode);
        _properties.WriteTo(_body);
    }

    private void Disconnect(MqttDisconnectPacket packet)
    {
        if (!HasProperties)
            return;
        _body.Byte((byte)packet.ReasonCode);
        _properties.UInt32(MqttPropertyId.SessionExpiryInterval, packet.SessionExpiryInterval ?? 0);
        _properties.Text(MqttPropertyId.ReasonString, packet.ReasonString);
        _properties.User(packet.UserProperties);
        _properties.WriteTo(_body);
    }
}
