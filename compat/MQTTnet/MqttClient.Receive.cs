using MQTTnet.Connection;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

// What comes from the server.
public sealed partial class MqttClient
{
    private async Task ReceiveAsync(MqttConnection connection)
    {
        Task self = connection.Loops[0];
        try
        {
            while (await connection.Receiver.ReceiveAsync(connection.Alive).ConfigureAwait(false) is { } packet)
                await ReceiveAsync(connection, packet).ConfigureAwait(false);
            await EndAsync(connection, self, null).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            if (connection.Alive.IsCancellationRequested)
                return;
            error = Failure.Of(error);
            connection.Replies.FailAll(error);
            await EndAsync(connection, self, error).ConfigureAwait(false);
        }
    }

    private Task ReceiveAsync(MqttConnection connection, MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPublishPacket publish:
                connection.Messages.Writer.TryWrite(publish);
                return Task.CompletedTask;
            case MqttAckPacket { Type: MqttControlPacketType.PubRel }:
                return SendAsync(connection, new MqttAckPacket(MqttControlPacketType.PubComp) { PacketIdentifier = packet.PacketIdentifier });
            case MqttDisconnectPacket farewell:
                connection.Farewell = farewell;
                connection.Replies.Close(new MqttClientUnexpectedDisconnectReceivedException(farewell));
                return EndAsync(connection, connection.Loops[0], null);
        }

        if (connection.Replies.TryDispatch(packet) || packet.Type == MqttControlPacketType.PingResp)
            return Task.CompletedTask;
        // A PUBREC that nobody waits for is of an earlier life of the client: the server is told, and sends the message anew.
        return packet.Type == MqttControlPacketType.PubRec
            ? SendAsync(connection, new MqttAckPacket(MqttControlPacketType.PubRel)
            {
                PacketIdentifier = packet.PacketIdentifier,
                ReasonCode = (byte)MqttApplicationMessageReceivedReasonCode.PacketIdentifierNotFound,
            })
            : throw new MqttProtocolViolationException($"Received packet '{packet.Type}' at an unexpected time.");
    }

    private async Task HandleMessagesAsync(MqttConnection connection)
    {
        while (await connection.Messages.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (!connection.Alive.IsCancellationRequested && connection.Messages.Reader.TryRead(out MqttPublishPacket packet))
                await HandleAsync(packet, connection.Alive).ConfigureAwait(false);
            if (connection.Alive.IsCancellationRequested)
                return;
        }
    }

    private async Task HandleAsync(MqttPublishPacket packet, CancellationToken alive)
    {
        var arguments = new MqttApplicationMessageReceivedEventArgs(Options.ClientId, packet.Message, packet.PacketIdentifier, AcknowledgeAsync);
        try
        {
            await _received.InvokeAsync(arguments).ConfigureAwait(false);
            if (arguments.AutoAcknowledge)
                await arguments.AcknowledgeAsync(alive).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What a handler throws leaves its message unacknowledged, and does not stop the next one.
        }
    }

    private Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs arguments, CancellationToken cancellationToken)
    {
        MqttQualityOfServiceLevel quality = arguments.ApplicationMessage.QualityOfServiceLevel;
        if (quality == MqttQualityOfServiceLevel.AtMostOnce || arguments.ProcessingFailed)
            return Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        MqttConnection connection = _connection ?? throw new MqttCommunicationException("The TCP connection is closed.");
        return SendAsync(connection, new MqttAckPacket(quality == MqttQualityOfServiceLevel.AtLeastOnce ? MqttControlPacketType.PubAck : MqttControlPacketType.PubRec)
        {
            PacketIdentifier = arguments.PacketIdentifier,
            ReasonCode = (byte)arguments.ReasonCode,
            ReasonString = arguments.ResponseReasonString,
            UserProperties = arguments.ResponseUserPropertiesOrNull,
        });
    }
}
