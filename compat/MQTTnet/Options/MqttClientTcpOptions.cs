using System.Net;
using System.Net.Sockets;

namespace MQTTnet;

/// <summary>A server that is reached over TCP.</summary>
public sealed class MqttClientTcpOptions : IMqttClientChannelOptions
{
    public AddressFamily AddressFamily { get; set; } = AddressFamily.Unspecified;

    /// <summary>Bytes that the operating system buffers in each direction.</summary>
    public int BufferSize { get; set; } = 8192;

    /// <summary>How the socket closes; at once and for both sides unless told otherwise.</summary>
    public LingerOption LingerState { get; set; } = new(true, 0);

    public bool NoDelay { get; set; } = true;

    public EndPoint RemoteEndpoint { get; set; }

    public MqttClientTlsOptions TlsOptions { get; set; } = new();

    public override string ToString() => RemoteEndpoint?.ToString() ?? "";
}
