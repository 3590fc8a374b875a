using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

// The answer to CONNECT.
internal sealed partial class PacketDecoder
{
    private static MqttConnAckPacket ConnAckOfVersion3(PacketReader reader) => new(new MqttClientConnectResult
    {
        IsSessionPresent = (reader.Byte() & 1) != 0,
        ResultCode = reader.Byte() switch
        {
            0 => MqttClientConnectResultCode.Success,
            1 => MqttClientConnectResultCode.UnsupportedProtocolVersion,
            2 => MqttClientConnectResultCode.ClientIdentifierNotValid,
            3 => MqttClientConnectResultCode.ServerUnavailable,
            4 => MqttClientConnectResultCode.BadUserNameOrPassword,
            5 => MqttClientConnectResultCode.NotAuthorized,
            _ => throw new MqttProtocolViolationException("Received unexpected return code."),
        },
        RetainAvailable = true,
        WildcardSubscriptionAvailable = true,
    });

    private static MqttConnAckPacket ConnAck(PacketReader reader)
    {
        bool sessionPresent = (reader.Byte() & 1) != 0;
        var code = (MqttClientConnectResultCode)reader.Byte();
        string clientId = null, reason = null, reference = null;
        // As in the package, what the server does not say is 0 here.
        uint maximumPacketSize = 0, sessionExpiry = 0;
        ushort receiveMaximum = 0, topicAliasMaximum = 0, keepAlive = 0;
        var maximumQoS = MqttQualityOfServiceLevel.ExactlyOnce;
        bool retain = true, shared = true, identifiers = true, wildcards = true;
        var properties = new PropertyReader(ref reader);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case MqttPropertyId.SessionExpiryInterval:
                    sessionExpiry = properties.UInt32();
                    break;
                case MqttPropertyId.ReceiveMaximum:
                    receiveMaximum = properties.UInt16();
                    break;
                case MqttPropertyId.MaximumQoS:
                    maximumQoS = (MqttQualityOfServiceLevel)properties.Byte();
                    break;
                case MqttPropertyId.RetainAvailable:
                    retain = properties.Flag();
                    break;
                case MqttPropertyId.MaximumPacketSize:
                    maximumPacketSize = properties.UInt32();
                    break;
                case MqttPropertyId.AssignedClientIdentifier:
                    clientId = properties.Text();
                    break;
                case MqttPropertyId.TopicAliasMaximum:
                    topicAliasMaximum = properties.UInt16();
                    break;
                case MqttPropertyId.ReasonString:
                    reason = properties.Text();
                    break;
                case MqttPropertyId.WildcardSubscriptionAvailable:
                    wildcards = properties.Flag();
                    break;
                case MqttPropertyId.SubscriptionIdentifiersAvailable:
                    identifiers = properties.Flag();
                    break;
                case MqttPropertyId.SharedSubscriptionAvailable:
                    shared = properties.Flag();
                    break;
                case MqttPropertyId.ServerKeepAlive:
                    keepAlive = properties.UInt16();
                    break;
                case MqttPropertyId.ServerReference:
                    reference = properties.Text();
                    break;
                case MqttPropertyId.ResponseInformation or MqttPropertyId.AuthenticationMethod or MqttPropertyId.AuthenticationData:
                    properties.Binary();
                    break;
                default:
                    throw properties.Unexpected(MqttControlPacketType.ConnAck);
            }
        }

        return new MqttConnAckPacket(new MqttClientConnectResult
        {
            IsSessionPresent = sessionPresent,
            ResultCode = code,
            AssignedClientIdentifier = clientId,
            ReasonString = reason,
            ServerReference = reference,
            ReceiveMaximum = receiveMaximum,
            MaximumPacketSize = maximumPacketSize,
            MaximumQoS = maximumQoS,
            SessionExpiryInterval = sessionExpiry,
            TopicAliasMaximum = topicAliasMaximum,
            ServerKeepAlive = keepAlive,
            RetainAvailable = retain,
            SharedSubscriptionAvailable = shared,
            SubscriptionIdentifiersAvailable = identifiers,
            WildcardSubscriptionAvailable = wildcards,
            UserProperties = properties.UserProperties,
        });
    }
}
