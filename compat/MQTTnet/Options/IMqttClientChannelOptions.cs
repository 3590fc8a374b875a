namespace MQTTnet;

/// <summary>How the server is reached.</summary>
public interface IMqttClientChannelOptions
{
    MqttClientTlsOptions TlsOptions { get; }
}
