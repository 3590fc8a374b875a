namespace Detector.Worker.Mqtt;

/// <summary>Certificates of a server that is named with <c>mqtts://</c>. Files are PEM.</summary>
public sealed class MqttTlsOptions
{
    /// <summary>Authorities that certify the broker. Null: those of the system.</summary>
    public string? Ca { get; set; }

    /// <summary>Own certificate, where the broker asks for one.</summary>
    public string? Certificate { get; set; }

    /// <summary>Private key of <see cref="Certificate"/>.</summary>
    public string? Key { get; set; }
}
