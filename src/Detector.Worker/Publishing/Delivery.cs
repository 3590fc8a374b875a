using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>A record on its way to a topic.</summary>
/// <param name="number">Its place among everything the sink was given.</param>
internal sealed class Delivery(long number, Message<byte[], byte[]> message, Receipt receipt)
{
    public long Number { get; } = number;

    public Message<byte[], byte[]> Message { get; } = message;

    public Receipt Receipt { get; } = receipt;

    /// <summary>Failed attempts so far.</summary>
    public int Failures { get; set; }
}
