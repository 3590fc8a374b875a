using Detector.Worker.Contracts;
using Detector.Worker.State;

namespace Detector.Worker.Pipeline;

/// <summary>What a lane keeps of a partition. Owned by the source's thread.</summary>
internal sealed class LanePartition(IReceiptLedger? ledger)
{
    private volatile bool _isGone;

    public IReceiptLedger? Ledger { get; } = ledger;

    /// <summary>The receipt of what it leads to without a message that is still to be finished.</summary>
    public Receipt Restored { get; } = ledger is null ? Receipt.None : new Receipt(new RestoredMessages(ledger), 0);

    public PartitionClock Clock { get; } = new();

    /// <summary>Its name, the same in every run; null when nothing of it is saved.</summary>
    public string? Name { get; set; }

    /// <summary>Where its state is kept; null when nothing is saved.</summary>
    public IPartitionState? State { get; set; }

    /// <summary>Position after the message taken last; -1 before the first.</summary>
    public long Next { get; set; } = -1;

    /// <summary>Position of the latest cut.</summary>
    public long Cut { get; set; } = -1;

    /// <summary>Messages before this position were finished before a restart.</summary>
    public long ReplayUntil { get; set; } = long.MinValue;

    /// <summary>Samples of new series before this are history, UTC ticks.</summary>
    public long QuietUntil { get; set; }

    /// <summary>Names of records whose series are not in memory, and are to be brought back when there is time.</summary>
    public HashSet<string> Asleep { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of records whose series had to make room; they come back with their next sample. The least recently seen first.</summary>
    public SpilledSeries Spilled { get; } = new();

    /// <summary>Decodes its messages; null before the first.</summary>
    public IDecoder? Decoder { get; set; }

    /// <summary>Version of the decoder's state that was saved last. A field, to be handed on as a reference.</summary>
    public long DecoderVersion;

    /// <summary>Whether it belongs to somebody else. Any thread.</summary>
    public bool IsGone
    {
        get => _isGone;
        set => _isGone = value;
    }
}
