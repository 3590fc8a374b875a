using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Everything a client says when it connects, and how it behaves afterwards.</summary>
public sealed class MqttClientOptions
{
    public IMqttClientChannelOptions ChannelOptions { get; set; }

    /// <summary>Whether the server forgets an earlier session (clean start in MQTT 5).</summary>
    public bool CleanSession { get; set; } = true;

    public string ClientId { get; set; } = Guid.NewGuid().ToString("N");

    public IMqttClientCredentialsProvider Credentials { get; set; }

    /// <summary>Longest silence before the client asks whether the connection still stands; zero never asks.</summary>
    public TimeSpan KeepAlivePeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Largest packet the client takes, in bytes; 0 is any (MQTT 5).</summary>
    public uint MaximumPacketSize { get; set; }

    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.V500;

    /// <summary>Messages of QoS 1 and 2 that may be unacknowledged at a time; 0 leaves it to the server (MQTT 5).</summary>
    public ushort ReceiveMaximum { get; set; }

    /// <summary>Seconds that the server keeps the session after a connection has ended (MQTT 5).</summary>
    public uint SessionExpiryInterval { get; set; }

    /// <summary>How long an operation may take whose caller passes no token of his own.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    public List<MqttUserProperty> UserProperties { get; set; }

    /// <summary>Whether options and messages are refused that the version of the protocol does not have.</summary>
    public bool ValidateFeatures { get; set; } = true;

    public string WillContentType { get; set; }

    public uint WillDelayInterval { get; set; }

    public uint WillMessageExpiryInterval { get; set; }

    public byte[] WillPayload { get; set; }

    public MqttPayloadFormatIndicator WillPayloadFormatIndicator { get; set; } = MqttPayloadFormatIndicator.Unspecified;

    public MqttQualityOfServiceLevel WillQualityOfServiceLevel { get; set; }

    public bool WillRetain { get; set; }

    /// <summary>Where the server publishes <see cref="WillPayload"/> when the connection ends without a word; null for no will.</summary>
    public string WillTopic { get; set; }

    public List<MqttUserProperty> WillUserProperties { get; set; }
}
