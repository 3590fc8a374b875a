using MQTTnet;

namespace Detector.Worker.Ingestion;

/// <summary>A message that was handed over and is not acknowledged. Lives on the source's thread.</summary>
/// <param name="number">Its ticket number in the order of coming.</param>
internal sealed class MqttPending(long number, MqttApplicationMessageReceivedEventArgs arguments)
{
    public long Number { get; } = number;

    /// <summary>How it came last; null when that connection is over.</summary>
    public MqttApplicationMessageReceivedEventArgs? Arguments { get; set; } = arguments;

    public bool IsFinished { get; set; }
}
