using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>How the connection is secured.</summary>
public sealed class MqttClientTlsOptions
{
    /// <summary>Judges the server's certificate instead of the rules below.</summary>
    public Func<MqttClientCertificateValidationEventArgs, bool> CertificateValidationHandler { get; set; }

    public bool UseTls { get; set; }

    public bool IgnoreCertificateRevocationErrors { get; set; }

    public bool IgnoreCertificateChainErrors { get; set; }

    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.Online;

    /// <summary>The client's own certificates, for mutual TLS.</summary>
    public IMqttClientCertificatesProvider ClientCertificatesProvider { get; set; }

    /// <summary>Name that the server's certificate must carry; the host that is connected to unless set.</summary>
    public string TargetHost { get; set; }

    public SslProtocols SslProtocol { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Authorities that are trusted instead of the system's.</summary>
    public X509Certificate2Collection TrustChain { get; set; }
}
