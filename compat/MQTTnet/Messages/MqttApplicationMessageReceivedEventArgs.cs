using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>A message that has come, and how it is answered.</summary>
public sealed class MqttApplicationMessageReceivedEventArgs : EventArgs
{
    private readonly Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> _acknowledge;
    private List<MqttUserProperty> _responseUserProperties;
    private int _acknowledged;

    internal MqttApplicationMessageReceivedEventArgs(
        string clientId,
        MqttApplicationMessage applicationMessage,
        ushort packetIdentifier,
        Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> acknowledge)
    {
        ClientId = clientId;
        ApplicationMessage = applicationMessage;
        PacketIdentifier = packetIdentifier;
        _acknowledge = acknowledge;
    }

    public MqttApplicationMessage ApplicationMessage { get; }

    /// <summary>Whether the client acknowledges the message as soon as every handler has returned.</summary>
    public bool AutoAcknowledge { get; set; } = true;

    public string ClientId { get; }

    /// <summary>For the handlers' own use.</summary>
    public bool IsHandled { get; set; }

    /// <summary>The message's number on this connection; 0 at QoS 0.</summary>
    public ushort PacketIdentifier { get; }

    /// <summary>Leaves the message unacknowledged, whoever asks for it.</summary>
    public bool ProcessingFailed { get; set; }

    /// <summary>The answer to the server.</summary>
    public MqttApplicationMessageReceivedReasonCode ReasonCode { get; set; } = MqttApplicationMessageReceivedReasonCode.Success;

    public string ResponseReasonString { get; set; }

    public List<MqttUserProperty> ResponseUserProperties => _responseUserProperties ??= [];

    /// <summary>For the handlers' own use.</summary>
    public object Tag { get; set; }

    internal List<MqttUserProperty> ResponseUserPropertiesOrNull => _responseUserProperties;

    /// <summary>Sends PUBACK or PUBREC; nothing at QoS 0.</summary>
    /// <exception cref="InvalidOperationException">It is acknowledged already.</exception>
    public Task AcknowledgeAsync(CancellationToken cancellationToken) => Interlocked.Exchange(ref _acknowledged, 1) == 0
        ? _acknowledge(this, cancellationToken)
        : throw new InvalidOperationException("The application message is already acknowledged.");
}
