namespace MQTTnet;

/// <summary>Asked for user and password at each attempt to connect.</summary>
public interface IMqttClientCredentialsProvider
{
    byte[] GetPassword(MqttClientOptions clientOptions);

    string GetUserName(MqttClientOptions clientOptions);
}
