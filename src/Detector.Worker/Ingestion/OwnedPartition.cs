using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

/// <summary>What a source keeps of a partition while it is assigned. Lives on the source's thread; only the ledger is shared.</summary>
internal sealed class OwnedPartition(TopicPartition partition, OffsetLedger ledger, int maxInFlight)
{
    private readonly int _maxInFlight = maxInFlight;

    public TopicPartition Id { get; } = partition;

    public OffsetLedger Ledger { get; } = ledger;

    /// <summary>Messages that were read and could not be begun: usually one, with which the partition was paused.</summary>
    public Queue<ConsumeResult<byte[], byte[]>> Held { get; } = [];

    public bool IsPaused { get; set; }

    /// <summary>Offset to read from, as far as it is known; -1 where the broker knows it alone.</summary>
    public long Start { get; init; } = -1;

    /// <summary>Offset after the last message read, -1 before the first.</summary>
    public long Next { get; set; } = -1;

    /// <summary>Whether enough has been finished to go on: a paused partition fetches anew, which is not to happen for every single message.</summary>
    public bool HasDrained => Ledger.InFlight <= _maxInFlight / 2;
}
