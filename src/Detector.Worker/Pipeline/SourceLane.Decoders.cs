using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

// Decoders: one for all partitions, or one for each where what they learn belongs to the partition.
internal sealed partial class SourceLane
{
    private IDecoder DecoderOf(LanePartition partition) => partition.Decoder ??= decoder.OfPartition();

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
