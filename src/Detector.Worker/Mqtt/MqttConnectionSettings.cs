using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Worker.Mqtt;

/// <summary>From our options to those of the client.</summary>
internal static class MqttConnectionSettings
{
    private const int PlainPort = 1883, SecurePort = 8883;
    private const int SocketBufferBytes = 256 * 1024;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <param name="name">Name of the source or sink, part of the client's own unless that is given.</param>
    /// <param name="keepSession">Whether the broker is to remember subscriptions and unread messages.</param>
    /// <exception cref="IOException">A certificate cannot be read.</exception>
    public static MqttClientOptions Create(string server, MqttOptions options, string name, bool keepSession)
    {
        var uri = new Uri(server);
        bool secure = uri.Scheme == MqttProtocol.Secure;
        bool modern = options.ProtocolVersion == MqttProtocol.Version5;
        keepSession &= options.SessionExpiry > TimeSpan.Zero;
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithTcpServer(uri.Host, uri.Port > 0 ? uri.Port : secure ? SecurePort : PlainPort)
            .WithTlsOptions(tls => Secure(tls, secure, options.Tls))
            .WithProtocolVersion(modern ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithClientId(options.ClientId ?? $"detector-{Environment.MachineName}-{name}")
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(s_timeout)
            .WithCleanSession(!keepSession);
        if (options.Username is not null)
            builder.WithCredentials(options.Username, options.Password);
        if (modern)
            builder.WithReceiveMaximum((ushort)options.ReceiveMaximum).WithSessionExpiryInterval(keepSession ? (uint)options.SessionExpiry.TotalSeconds : 0);
        if (options.StatusTopic is { } topic)
            builder.WithWillTopic(topic).WithWillPayload("offline").WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithWillRetain();
        MqttClientOptions settings = builder.Build();
        var tcp = (MqttClientTcpOptions)settings.ChannelOptions;
        tcp.BufferSize = SocketBufferBytes;
        // By default the client throws away at the end what the socket has not sent yet.
        tcp.LingerState = new LingerOption(false, 0);
        return settings;
    }

    private static void Secure(MqttClientTlsOptionsBuilder tls, bool secure, MqttTlsOptions options)
    {
        tls.UseTls(secure);
        if (!secure)
            return;
        // Brokers' own authorities rarely publish lists of what they revoked; where they do, the system's settings decide.
        tls.WithRevocationMode(X509RevocationMode.NoCheck);
        if (options.Ca is { } authorities)
        {
            tls.WithTrustChain(Read("Ca", authorities, () =>
            {
                X509Certificate2Collection collection = [];
                collection.ImportFromPemFile(authorities);
                return collection;
            }));
        }

        if (options is { Certificate: { } certificate, Key: { } key })
            tls.WithClientCertificates([Read("Certificate", certificate, () => X509Certificate2.CreateFromPemFile(certificate, key))]);
    }

    private static T Read<T>(string option, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is CryptographicException or UnauthorizedAccessException or IOException)
        {
            throw new IOException($"Mqtt:Tls:{option} names {file}, which cannot be used ({error.Message.TrimEnd('.')}): name a PEM file that this user may read.", error);
        }
    }
}
