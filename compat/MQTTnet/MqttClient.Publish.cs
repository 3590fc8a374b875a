using MQTTnet.Connection;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

// Messages to the server.
public sealed partial class MqttClient
{
    private static readonly MqttClientPublishResult s_sent = new(null, MqttClientPublishReasonCode.Success, null, []);

    public Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MqttTopicValidator.ThrowIfInvalid(applicationMessage);
        MqttConnection connection = Connected();
        if (Options.ValidateFeatures)
            FeatureCheck.ThrowIfNotSupported(applicationMessage, Options.ProtocolVersion);
        var packet = new MqttPublishPacket(applicationMessage);
        if (applicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
            return PublishAtMostOnceAsync(connection, packet);
        packet.PacketIdentifier = NextPacketIdentifier();
        return applicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce
            ? PublishAtLeastOnceAsync(connection, packet, cancellationToken)
            : PublishExactlyOnceAsync(connection, packet, cancellationToken);
    }

    private static async Task<MqttClientPublishResult> PublishAtMostOnceAsync(MqttConnection connection, MqttPublishPacket packet)
    {
        try
        {
            await SendAsync(connection, packet).ConfigureAwait(false);
            return s_sent;
        }
        catch (Exception error) when (connection.Farewell is { } farewell)
        {
            throw new MqttClientUnexpectedDisconnectReceivedException(farewell, error);
        }
    }

    private static async Task<MqttClientPublishResult> PublishAtLeastOnceAsync(
        MqttConnection connection, MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        var answer = (MqttAckPacket)await RequestAsync(connection, packet, MqttControlPacketType.PubAck, cancellationToken).ConfigureAwait(false);
        return new MqttClientPublishResult(
            answer.PacketIdentifier, (MqttClientPublishReasonCode)answer.ReasonCode, answer.ReasonString, answer.UserProperties ?? []);
    }

    private static async Task<MqttClientPublishResult> PublishExactlyOnceAsync(
        MqttConnection connection, MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        var received = (MqttAckPacket)await RequestAsync(connection, packet, MqttControlPacketType.PubRec, cancellationToken).ConfigureAwait(false);
        var release = new MqttAckPacket(MqttControlPacketType.PubRel) { PacketIdentifier = packet.PacketIdentifier };
        var complete = (MqttAckPacket)await RequestAsync(connection, release, MqttControlPacketType.PubComp, cancellationToken).ConfigureAwait(false);
        bool unknown = complete.ReasonCode == (byte)MqttApplicationMessageReceivedReasonCode.PacketIdentifierNotFound;
        return new MqttClientPublishResult(
            complete.PacketIdentifier,
            unknown ? MqttClientPublishReasonCode.UnspecifiedError : (MqttClientPublishReasonCode)received.ReasonCode,
            unknown ? complete.ReasonString : null,
            complete.UserProperties ?? []);
    }
}
