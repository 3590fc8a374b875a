using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>A connection has ended, or an attempt to get one has failed.</summary>
public sealed class MqttClientDisconnectedEventArgs(
    bool clientWasConnected,
    MqttClientConnectResult connectResult,
    MqttClientDisconnectReason reason,
    string reasonString,
    List<MqttUserProperty> userProperties,
    Exception exception) : EventArgs
{
    public bool ClientWasConnected { get; } = clientWasConnected;

    /// <summary>The answer to CONNECT, if the server refused it.</summary>
    public MqttClientConnectResult ConnectResult { get; } = connectResult;

    public Exception Exception { get; } = exception;

    public MqttClientDisconnectReason Reason { get; } = reason;

    public string ReasonString { get; } = reasonString;

    public List<MqttUserProperty> UserProperties { get; } = userProperties;
}
