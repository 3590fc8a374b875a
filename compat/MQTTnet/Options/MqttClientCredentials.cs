namespace MQTTnet;

/// <summary>A fixed user and password.</summary>
public sealed class MqttClientCredentials(string userName, byte[] password = null) : IMqttClientCredentialsProvider
{
    public byte[] GetPassword(MqttClientOptions clientOptions) => password;

    public string GetUserName(MqttClientOptions clientOptions) => userName;
}
