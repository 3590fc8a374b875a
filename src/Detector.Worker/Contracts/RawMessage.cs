namespace Detector.Worker.Contracts;

/// <summary>One message as a broker or file handed it over.</summary>
/// <param name="Payload">Bytes of the message; valid while the call that passes it runs.</param>
/// <param name="Key">Bytes of the message key, empty when it has none; same lifetime as the payload.</param>
/// <param name="Topic">Topic or file name it came from.</param>
/// <param name="Partition">Partition, 0 where the source has none.</param>
/// <param name="Offset">Position in the partition, for a file the line number counted from 0.</param>
/// <param name="Receipt">The claim that the receiver takes over.</param>
public readonly record struct RawMessage(
    ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Key, string Topic, int Partition, long Offset, Receipt Receipt)
{
    /// <summary>When the broker or its producer says the message was made, in UTC ticks; 0 where the source does not say.</summary>
    public long BrokerTicks { get; init; }
}
