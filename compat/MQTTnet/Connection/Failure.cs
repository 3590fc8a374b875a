using System.Net.Sockets;
using MQTTnet.Exceptions;

namespace MQTTnet.Connection;

/// <summary>Failures of the connection, as callers see them.</summary>
internal static class Failure
{
    /// <summary>The exception itself if it is one of the protocol's own or a cancellation, else one that says that communication failed.</summary>
    public static Exception Of(Exception error) => error switch
    {
        OperationCanceledException or MqttCommunicationException or MqttProtocolViolationException => error,
        IOException { InnerException: SocketException inner } => Of(inner),
        SocketException { SocketErrorCode: SocketError.OperationAborted } => new OperationCanceledException(),
        _ => new MqttCommunicationException(error),
    };
}
