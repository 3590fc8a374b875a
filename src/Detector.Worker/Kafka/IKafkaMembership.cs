using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Kafka;

/// <summary>A source's place in its consumer group, for whoever commits offsets in its name. Any thread.</summary>
internal interface IKafkaMembership
{
    /// <summary>The membership as it is now.</summary>
    /// <exception cref="ObjectDisposedException">The source is closed.</exception>
    IConsumerGroupMetadata Group { get; }

    /// <summary>The partition that a ledger counts for; null when it is no longer read here.</summary>
    TopicPartition? PlaceOf(IReceiptLedger ledger);
}
