namespace MQTTnet;

internal enum MqttClientStatus
{
    Disconnected,
    Connecting,
    Connected,
    Disconnecting,
}
