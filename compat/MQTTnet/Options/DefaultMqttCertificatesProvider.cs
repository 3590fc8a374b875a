using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Fixed certificates.</summary>
public sealed class DefaultMqttCertificatesProvider(X509Certificate2Collection certificates) : IMqttClientCertificatesProvider
{
    public DefaultMqttCertificatesProvider(IEnumerable<X509Certificate> certificates)
        : this(certificates is null ? null : new X509Certificate2Collection(certificates.Cast<X509Certificate2>().ToArray()))
    {
    }

    public X509CertificateCollection GetCertificates() => certificates;
}
