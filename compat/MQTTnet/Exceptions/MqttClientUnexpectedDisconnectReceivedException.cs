using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Exceptions;

/// <summary>The server ended the connection, and said why.</summary>
public sealed class MqttClientUnexpectedDisconnectReceivedException : MqttCommunicationException
{
    internal MqttClientUnexpectedDisconnectReceivedException(MqttDisconnectPacket packet, Exception innerException = null)
        : base($"Unexpected DISCONNECT (Reason code={packet.ReasonCode}) received.", innerException)
    {
        ReasonCode = packet.ReasonCode;
        ReasonString = packet.ReasonString;
        ServerReference = packet.ServerReference;
        SessionExpiryInterval = packet.SessionExpiryInterval;
        UserProperties = packet.UserProperties;
    }

    public MqttDisconnectReasonCode? ReasonCode { get; }

    public string ReasonString { get; }

    public string ServerReference { get; }

    public uint? SessionExpiryInterval { get; }

    public List<MqttUserProperty> UserProperties { get; }
}
