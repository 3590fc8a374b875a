using MQTTnet;

namespace Detector.Worker.Ingestion;

/// <summary>A message as it came.</summary>
/// <param name="Epoch">Number of the connection.</param>
internal readonly record struct MqttArrival(MqttApplicationMessageReceivedEventArgs Arguments, int Epoch);
