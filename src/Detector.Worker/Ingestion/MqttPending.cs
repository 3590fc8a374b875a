using MQTTnet;

namespace Detector.Worker.Ingestion;

/// <summary>A message that was handed over and is not acknowledged. Lives on the source's thread.</summary>
/// <param name="number">Its ticket number in the order of coming.</param>
/// <param name="arguments">How it came; null for one that a former run has taken.</param>
internal sealed class MqttPending(long number, ulong content, MqttApplicationMessageReceivedEventArgs? arguments)
{
    public long Number { get; } = number;

    /// <summary>Hash of topic and payload: after a restart it tells the message from another that has been given its identifier since.</summary>
    public ulong Content { get; } = content;

    /// <summary>How it came last; null when that connection is over.</summary>
    public MqttApplicationMessageReceivedEventArgs? Arguments { get; set; } = arguments;

    public bool IsFinished { get; set; }

    /// <summary>Whether a former run has taken it.</summary>
    public bool IsFormer { get; init; }

    /// <summary>FNV-1a over topic and payload.</summary>
    public static ulong Hash(MqttApplicationMessage message)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in message.Topic)
            hash = (hash ^ letter) * 1099511628211;
        foreach (ReadOnlyMemory<byte> part in message.Payload)
        {
            foreach (byte value in part.Span)
                hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
