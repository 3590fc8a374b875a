namespace MQTTnet.Exceptions;

/// <summary>A packet or a call that the protocol does not allow.</summary>
public class MqttProtocolViolationException(string message) : Exception(message);
