using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Builds <see cref="MqttClientOptions"/>.</summary>
public sealed class MqttClientOptionsBuilder
{
    private const int PlainPort = 1883;
    private const int SecurePort = 8883;
    private readonly MqttClientOptions _options = new();
    private MqttClientTcpOptions _tcp;
    private MqttClientTlsOptions _tls;
    private DnsEndPoint _server;

    /// <exception cref="InvalidOperationException">No server was named.</exception>
    /// <exception cref="NotSupportedException">The version of the protocol does not have what was asked for.</exception>
    public MqttClientOptions Build()
    {
        if (_tcp is null)
            throw new InvalidOperationException("A channel must be set.");
        _tcp.TlsOptions = _tls ?? _tcp.TlsOptions;
        int port = _server.Port != 0 ? _server.Port : _tcp.TlsOptions?.UseTls == false ? PlainPort : SecurePort;
        _tcp.RemoteEndpoint ??= new DnsEndPoint(_server.Host, port, _server.AddressFamily);
        _options.ChannelOptions = _tcp;
        FeatureCheck.ThrowIfNotSupported(_options);
        return _options;
    }

    public MqttClientOptionsBuilder WithCleanSession(bool value = true) => With(_options.CleanSession = value);

    public MqttClientOptionsBuilder WithCleanStart(bool value = true) => With(_options.CleanSession = value);

    public MqttClientOptionsBuilder WithClientId(string value) => With(_options.ClientId = value);

    public MqttClientOptionsBuilder WithCredentials(string username, string password) =>
        WithCredentials(username, password is null ? null : Encoding.UTF8.GetBytes(password));

    public MqttClientOptionsBuilder WithCredentials(string username, byte[] password = null) =>
        WithCredentials(new MqttClientCredentials(username, password));

    public MqttClientOptionsBuilder WithCredentials(IMqttClientCredentialsProvider credentials) => With(_options.Credentials = credentials);

    public MqttClientOptionsBuilder WithKeepAlivePeriod(TimeSpan value) => With(_options.KeepAlivePeriod = value);

    public MqttClientOptionsBuilder WithMaximumPacketSize(uint maximumPacketSize) => With(_options.MaximumPacketSize = maximumPacketSize);

    public MqttClientOptionsBuilder WithNoKeepAlive() => WithKeepAlivePeriod(TimeSpan.Zero);

    /// <exception cref="NotSupportedException">The version is not known.</exception>
    public MqttClientOptionsBuilder WithProtocolVersion(MqttProtocolVersion value) =>
        value == MqttProtocolVersion.Unknown ? throw new NotSupportedException("Protocol version is invalid.") : With(_options.ProtocolVersion = value);

    public MqttClientOptionsBuilder WithReceiveMaximum(ushort receiveMaximum) => With(_options.ReceiveMaximum = receiveMaximum);

    public MqttClientOptionsBuilder WithSessionExpiryInterval(uint sessionExpiryInterval) => With(_options.SessionExpiryInterval = sessionExpiryInterval);

    public MqttClientOptionsBuilder WithTcpServer(string host, int? port = null, AddressFamily addressFamily = AddressFamily.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(host);
        _tcp = new MqttClientTcpOptions();
        return With(_server = new DnsEndPoint(host, port ?? 0, addressFamily));
    }

    public MqttClientOptionsBuilder WithTimeout(TimeSpan value) => With(_options.Timeout = value);

    public MqttClientOptionsBuilder WithTlsOptions(MqttClientTlsOptions tlsOptions) => With(_tls = tlsOptions);

    public MqttClientOptionsBuilder WithTlsOptions(Action<MqttClientTlsOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MqttClientTlsOptionsBuilder();
        configure(builder);
        return WithTlsOptions(builder.Build());
    }

    public MqttClientOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        (_options.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }

    public MqttClientOptionsBuilder WithWillContentType(string willContentType) => With(_options.WillContentType = willContentType);

    public MqttClientOptionsBuilder WithWillDelayInterval(uint willDelayInterval) => With(_options.WillDelayInterval = willDelayInterval);

    public MqttClientOptionsBuilder WithWillPayload(byte[] willPayload) => With(_options.WillPayload = willPayload);

    public MqttClientOptionsBuilder WithWillPayload(string willPayload) =>
        With(_options.WillPayload = string.IsNullOrEmpty(willPayload) ? null : Encoding.UTF8.GetBytes(willPayload));

    public MqttClientOptionsBuilder WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel willQualityOfServiceLevel) =>
        With(_options.WillQualityOfServiceLevel = willQualityOfServiceLevel);

    public MqttClientOptionsBuilder WithWillRetain(bool willRetain = true) => With(_options.WillRetain = willRetain);

    public MqttClientOptionsBuilder WithWillTopic(string willTopic) => With(_options.WillTopic = willTopic);

    public MqttClientOptionsBuilder WithWillUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        (_options.WillUserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }

    private MqttClientOptionsBuilder With<T>(T _) => this;
}
