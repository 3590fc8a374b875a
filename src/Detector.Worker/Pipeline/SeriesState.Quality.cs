using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

// What is wrong with the data of the series, beside what its scores say of the process.
internal sealed partial class SeriesState : IQualitySignals
{
    /// <summary>Looks between two samples of a series that must pass before it counts as silent.</summary>
    private const int QuietSweeps = 2;

    private QualityWatch? _watch;
    private PartitionClock? _partition;
    private long _seenAt;
    private int _seenSweep;
    private volatile bool _isSilent;
    private ISeriesOutput? _signalOutput;
    private Receipt _signalReceipt;

    /// <summary>Turns what is wrong with the data into alerts; there once <see cref="Model"/> is. Owned by the deciding thread.</summary>
    public QualityJudge? Quality { get; private set; }

    /// <summary>Whether the series has stopped sending. May be read by any thread.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>Time without a sample after which the series is silent, ticks; far away while it has no model.</summary>
    public long SilentTicks => _watch?.SilentTicks ?? QualityLimits.Never;

    /// <summary>The series has sent a sample.</summary>
    public void Seen(PartitionClock partition)
    {
        _partition = partition;
        _seenAt = partition.Watermark;
        _seenSweep = partition.Sweeps;
    }

    /// <summary>The series is one of a partition that came with its state.</summary>
    public void Watch(PartitionClock partition) => _partition = partition;

    /// <summary>The partition is read here no more; the series is watched again once it sends a sample here.</summary>
    public void Forget(PartitionClock partition)
    {
        if (_partition == partition)
            _partition = null;
    }

    /// <summary>Looks at a series of a partition that has moved on: lets go what it held back, and finds it silent when it stays behind for too long.</summary>
    public void Sweep(PartitionClock partition, Receipt receipt, long arrival, ISeriesOutput output)
    {
        if (_partition != partition || partition.Sweeps - _seenSweep < QuietSweeps)
            return;
        long behind = partition.Watermark - _seenAt;
        if (_reorder.Count > 0 && behind > Pipeline.Options.Window.AllowedLateness.Ticks)
            ReleaseHeld(arrival, output);
        if (behind > SilentTicks)
            BeginSilence(receipt, output);
    }

    /// <summary>Looks at a series whose whole source has been silent for so long by the clock.</summary>
    public void SweepIdle(long idleTicks, long arrival, ISeriesOutput output)
    {
        if (_partition is null || idleTicks <= SilentTicks)
            return;
        ReleaseHeld(arrival, output);
        BeginSilence(Home?.Restored ?? Receipt.None, output);
    }

    void IQualitySignals.Accept(in QualitySignal signal) => _signalOutput!.Signal(this, signal, _signalReceipt);

    private void BeginSilence(Receipt receipt, ISeriesOutput output)
    {
        // What waits for a model or for later samples would show that it is not.
        if (_watch is null || _watch.IsSilent || IsHolding || _reorder.Count > 0)
            return;
        output.BeforeChange(this);
        SignalTo(output, receipt);
        _watch.BeginSilence(this);
        _isSilent = _watch.IsSilent;
    }

    private void Watch(QualityWatch watch, long ticks, ReadOnlySpan<double> row, Receipt receipt, ISeriesOutput output)
    {
        SignalTo(output, receipt);
        watch.Observe(ticks, row, this);
        if (_isSilent != watch.IsSilent)
            _isSilent = watch.IsSilent;
    }

    /// <summary>Looks at what of a sample the model cannot use.</summary>
    private void Inspect(QualityWatch watch, DecodedSample sample, Receipt receipt, ISeriesOutput output)
    {
        SignalTo(output, receipt);
        for (int i = 0; i < sample.Count; i++)
        {
            int feature = Schema.IndexOf(sample.Name(i));
            if (sample.Fault(i) == ValueFault.WrongType && feature >= 0)
                watch.SeeWrongType(feature, sample.Ticks);
            else if (feature < 0 && !double.IsNaN(sample.Value(i)))
                watch.SeeNew(sample.Name(i), sample.Ticks, this);
        }
    }

    private void SignalTo(ISeriesOutput output, Receipt receipt)
    {
        _signalOutput = output;
        _signalReceipt = receipt;
    }
}
