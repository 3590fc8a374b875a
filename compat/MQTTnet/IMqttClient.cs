namespace MQTTnet;

/// <summary>A client of one server at a time. Thread-safe.</summary>
public interface IMqttClient : IDisposable
{
    /// <summary>A message has come. Handlers run one message after the other, away from the receiving itself.</summary>
    event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync;

    event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync;

    event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync;

    /// <summary>A connection has ended, or an attempt has failed. Handlers may connect again.</summary>
    event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync;

    bool IsConnected { get; }

    MqttClientOptions Options { get; }

    /// <summary>Connects. A server that refuses is a result, one that cannot be reached an exception.</summary>
    /// <exception cref="Exceptions.MqttCommunicationException">The server cannot be reached or gave no proper answer.</exception>
    /// <exception cref="OperationCanceledException">The token, or the options' timeout when it cannot be cancelled, ended the attempt.</exception>
    Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default);

    Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default);

    Task PingAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends when the server has the message, as surely as its QoS promises.</summary>
    Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default);

    Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default);

    Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default);
}
