namespace MQTTnet.Exceptions;

/// <summary>The connection ended while an answer was awaited.</summary>
public sealed class MqttClientDisconnectedException(Exception innerException)
    : MqttCommunicationException("The MQTT client is disconnected.", innerException);
