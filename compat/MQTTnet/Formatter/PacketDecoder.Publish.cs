using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

// Messages: the only packets that come in numbers.
internal sealed partial class PacketDecoder
{
    private MqttPublishPacket Publish(byte header, PacketReader reader)
    {
        var message = new MqttApplicationMessage
        {
            Retain = (header & 1) != 0,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)((header >> 1) & 3),
            Dup = (header & 8) != 0,
            Topic = _topics.Text(reader.TextBytes()),
        };
        var packet = new MqttPublishPacket(message);
        if (message.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            packet.PacketIdentifier = reader.UInt16();
        if (HasProperties)
            ReadProperties(ref reader, message);
        if (!reader.IsAtEnd)
            message.Payload = new ReadOnlySequence<byte>(reader.Rest());
        return packet;
    }

    private static void ReadProperties(ref PacketReader reader, MqttApplicationMessage message)
    {
        var properties = new PropertyReader(ref reader);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case MqttPropertyId.PayloadFormatIndicator:
                    message.PayloadFormatIndicator = (MqttPayloadFormatIndicator)properties.Byte();
                    break;
                case MqttPropertyId.MessageExpiryInterval:
                    message.MessageExpiryInterval = properties.UInt32();
                    break;
                case MqttPropertyId.TopicAlias:
                    message.TopicAlias = properties.UInt16();
                    break;
                case MqttPropertyId.ResponseTopic:
                    message.ResponseTopic = properties.Text();
                    break;
                case MqttPropertyId.CorrelationData:
                    message.CorrelationData = properties.Binary();
                    break;
                case MqttPropertyId.SubscriptionIdentifier:
                    (message.SubscriptionIdentifiers ??= []).Add(properties.Variable());
                    break;
                case MqttPropertyId.ContentType:
                    message.ContentType = properties.Text();
                    break;
                default:
                    throw properties.Unexpected(MqttControlPacketType.Publish);
            }
        }

        message.UserProperties = properties.UserProperties;
    }
}
