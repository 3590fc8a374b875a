using MQTTnet.Connection;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

// The end of a connection, whoever wants it. It happens once.
public sealed partial class MqttClient
{
    public async Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_disposed, this);
        MqttConnection connection = _connection;
        bool wasConnected = IsConnected;
        if (!TryBeginEnd())
            return;
        try
        {
            if (!wasConnected)
                throw new MqttClientNotConnectedException();
            if (Options.ValidateFeatures)
                FeatureCheck.ThrowIfNotSupported(options, Options.ProtocolVersion);
            var packet = new MqttDisconnectPacket
            {
                ReasonCode = (MqttDisconnectReasonCode)options.Reason,
                ReasonString = options.ReasonString,
                SessionExpiryInterval = options.SessionExpiryInterval,
                UserProperties = options.UserProperties,
            };
            using var timeout = new CancellationTokenSource();
            if (!cancellationToken.CanBeCanceled)
                timeout.CancelAfter(Options.Timeout);
            await connection.Sender.SendAsync(packet).WaitAsync(cancellationToken.CanBeCanceled ? cancellationToken : timeout.Token).ConfigureAwait(false);
        }
        finally
        {
            await FinishAsync(connection, null, null, null, wasConnected, (MqttClientDisconnectReason)options.Reason).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection unless something else does already.</summary>
    /// <param name="sender">The loop that calls, which is not waited for.</param>
    private Task EndAsync(MqttConnection connection, Task sender, Exception error, MqttClientConnectResult refusal = null)
    {
        bool wasConnected = IsConnected;
        MqttClientDisconnectReason reason = connection?.Farewell is { } farewell
            ? (MqttClientDisconnectReason)farewell.ReasonCode
            : error is null || wasConnected ? MqttClientDisconnectReason.NormalDisconnection : MqttClientDisconnectReason.UnspecifiedError;
        return TryBeginEnd() ? FinishAsync(connection, sender, error, refusal, wasConnected, reason) : Task.CompletedTask;
    }

    private bool TryBeginEnd() =>
        TryChange(MqttClientStatus.Connected, MqttClientStatus.Disconnecting) || TryChange(MqttClientStatus.Connecting, MqttClientStatus.Disconnecting);

    private async Task FinishAsync(
        MqttConnection connection, Task sender, Exception error, MqttClientConnectResult refusal, bool wasConnected, MqttClientDisconnectReason reason)
    {
        if (connection is not null)
        {
            connection.End();
            connection.Replies.Close(new MqttClientDisconnectedException(error));
            await Task.WhenAll(connection.Loops.Where(loop => loop != sender)).ConfigureAwait(false);
            connection.Dispose();
            Interlocked.CompareExchange(ref _connection, null, connection);
        }

        TryChange(MqttClientStatus.Disconnecting, MqttClientStatus.Disconnected);
        MqttDisconnectPacket farewell = connection?.Farewell;
        var arguments = new MqttClientDisconnectedEventArgs(wasConnected, refusal, reason, farewell?.ReasonString, farewell?.UserProperties, error);
        _ = Task.Run(() => _disconnected.InvokeAsync(arguments), CancellationToken.None);
    }
}
