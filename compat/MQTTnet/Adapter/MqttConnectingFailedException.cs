using MQTTnet.Exceptions;

namespace MQTTnet.Adapter;

/// <summary>The connection stood, but CONNECT got no proper answer.</summary>
public sealed class MqttConnectingFailedException(string message, Exception innerException) : MqttCommunicationException(message, innerException);
