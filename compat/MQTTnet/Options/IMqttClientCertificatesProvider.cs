using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Asked for the client's certificates at each attempt to connect.</summary>
public interface IMqttClientCertificatesProvider
{
    X509CertificateCollection GetCertificates();
}
