using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Series that stop sending while others of their partition go on.
internal sealed partial class SourceLane
{
    /// <summary>Event time between two looks at the series of a partition while none of them can be silent.</summary>
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromSeconds(10);

    /// <summary>Looks so many times within the time after which a series is silent.</summary>
    private const int LooksPerSilence = 8;

    private readonly LanePartition _onlyPartition = new(null);
    private IReceiptLedger? _lastLedger;

    /// <summary>The partition that a message came from: each has a ledger of its own.</summary>
    private LanePartition PartitionOf(Receipt receipt)
    {
        if (receipt.Ledger is null)
            return _onlyPartition;
        if (ReferenceEquals(receipt.Ledger, _lastLedger))
            return _partition;
        _lastLedger = receipt.Ledger;
        if (!_partitions.TryGetValue(receipt.Ledger, out LanePartition? known))
            _partitions.Add(receipt.Ledger, known = new LanePartition(receipt.Ledger));
        return known;
    }

    private void SeeSignOfLife(SeriesState series, long ticks)
    {
        _accepted = true;
        _partition.Clock.Advance(ticks);
        series.Seen(_partition.Clock);
        series.Home = _partition;
        series.LastSeen = _number;
    }

    private void Sweep()
    {
        if (!_partition.Clock.IsDue())
            return;
        long shortest = long.MaxValue;
        foreach (SeriesState[] route in _routes.Values)
        {
            foreach (SeriesState series in route)
            {
                series.Sweep(_partition.Clock, _receipt with { Checkpoint = null }, _arrival, this);
                if (series.Home == _partition)
                    shortest = Math.Min(shortest, series.SilentTicks);
            }
        }

        _partition.Clock.Step = shortest == long.MaxValue ? s_sweepEvery.Ticks : Math.Max(1, shortest / LooksPerSilence);
    }
}
