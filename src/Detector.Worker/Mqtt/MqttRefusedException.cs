namespace Detector.Worker.Mqtt;

/// <summary>The broker answered, and said no.</summary>
internal sealed class MqttRefusedException(string message) : Exception(message);
