using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet.Connection;

/// <summary>Opens the connection to a server: TCP, and TLS over it where the options say so.</summary>
internal static class MqttTransport
{
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The two sides do not trust each other.</exception>
    public static async Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        var tcp = (MqttClientTcpOptions)options.ChannelOptions;
        Socket socket = tcp.AddressFamily == AddressFamily.Unspecified
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(tcp.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ReceiveBufferSize = tcp.BufferSize;
            socket.SendBufferSize = tcp.BufferSize;
            socket.SendTimeout = (int)options.Timeout.TotalMilliseconds;
            socket.NoDelay = tcp.NoDelay;
            socket.LingerState = tcp.LingerState;
            await socket.ConnectAsync(tcp.RemoteEndpoint, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return tcp.TlsOptions?.UseTls == true ? await SecureAsync(stream, tcp, cancellationToken).ConfigureAwait(false) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SslStream> SecureAsync(NetworkStream stream, MqttClientTcpOptions tcp, CancellationToken cancellationToken)
    {
        MqttClientTlsOptions tls = tcp.TlsOptions;
        X509RevocationMode revocation = tls.IgnoreCertificateRevocationErrors ? X509RevocationMode.NoCheck : tls.RevocationMode;
        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = string.IsNullOrEmpty(tls.TargetHost) ? (tcp.RemoteEndpoint as DnsEndPoint)?.Host : tls.TargetHost,
            ClientCertificates = tls.ClientCertificatesProvider?.GetCertificates(),
            EnabledSslProtocols = tls.SslProtocol,
            CertificateRevocationCheckMode = revocation,
        };
        if (tls.TrustChain?.Count > 0)
        {
            authentication.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown,
                RevocationMode = revocation,
            };
            authentication.CertificateChainPolicy.CustomTrustStore.AddRange(tls.TrustChain);
        }

        var secure = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, chain, errors) => IsTrusted(tcp, certificate, chain, errors));
        try
        {
            await secure.AuthenticateAsClientAsync(authentication, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool IsTrusted(MqttClientTcpOptions tcp, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors)
    {
        if (tcp.TlsOptions.CertificateValidationHandler is { } judge)
            return judge(new MqttClientCertificateValidationEventArgs(certificate, chain, errors, tcp));
        if (tcp.TlsOptions.IgnoreCertificateChainErrors)
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        return errors == SslPolicyErrors.None;
    }
}
