using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Decoders: one for all partitions, or one for each where what they learn belongs to the partition.
internal sealed partial class SourceLane
{
    private long _lastFlow; // when a message came, could not be taken, or was saved state to go on from

    private IDecoder DecoderOf(LanePartition partition) => partition.Decoder ??= decoder.OfPartition();

    /// <summary>Time goes on without messages. What comes of it depends on no message, and is published even while messages are replayed in silence.</summary>
    private void IdleDecoders()
    {
        TimeSpan silent = clock.GetElapsedTime(_lastFlow);
        foreach (LanePartition partition in Decoding())
        {
            BeginWithoutMessage(partition);
            partition.Decoder!.Idle(this, silent);
        }
    }

    private void FinishDecoders()
    {
        foreach (LanePartition partition in Decoding())
        {
            BeginWithoutMessage(partition);
            partition.Decoder!.Finish(this);
        }
    }

    /// <summary>Ends a decoder that belongs to the partition.</summary>
    private void Forget(LanePartition partition)
    {
        if (partition.Decoder is { } own && own != decoder)
            (own as IDisposable)?.Dispose();
        partition.Decoder = null;
    }

    private void ForgetDecoders()
    {
        foreach (LanePartition partition in Decoding().ToArray())
            Forget(partition);
    }

    private IEnumerable<LanePartition> Decoding() => _partitions.Values.Append(_onlyPartition).Where(partition => partition.Decoder is not null);

    private void BeginWithoutMessage(LanePartition partition)
    {
        _partition = partition;
        _lastLedger = partition.Ledger;
        _receipt = partition.Restored;
        _outputs = checkpoints is null ? null : Epoch();
        _arrival = clock.GetTimestamp();
        _arrivalTicks = clock.GetUtcNow().Ticks;
    }
}
