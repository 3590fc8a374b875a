using Confluent.Kafka;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

// Holding back: partitions are paused, never the polling, or the group would give this member up.
internal sealed partial class KafkaSource
{
    /// <summary>A refusal that is over sooner pauses nothing: a pause throws away what the client has already fetched.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(1);
    private int _holding;

    /// <summary>Keeps a message whose partition has too much unfinished, and pauses that partition.</summary>
    private void Hold(OwnedPartition partition, ConsumeResult<byte[], byte[]> result)
    {
        partition.Held.Enqueue(result);
        if (partition.Held.Count == 1)
            _holding++;
        if (Pause(partition))
            _log.SourcePaused(Name, partition.Id.Topic, partition.Id.Partition.Value);
    }

    /// <summary>Delivers what is held by partitions that have drained, and resumes them.</summary>
    private void DeliverHeld(IMessageSink sink, CancellationToken stop)
    {
        if (_holding == 0)
            return;
        sink.Exhausted();
        // A delivery may poll, and with it change the set of partitions.
        foreach (OwnedPartition partition in _partitions.Values.Where(partition => partition.Held.Count > 0 && partition.HasDrained).ToArray())
        {
            while (Owns(partition) && !stop.IsCancellationRequested
                && partition.Held.TryPeek(out ConsumeResult<byte[], byte[]>? held) && partition.Ledger.TryBegin(held.Offset.Value, out Receipt receipt))
            {
                partition.Held.Dequeue();
                _holding -= partition.Held.Count == 0 ? 1 : 0;
                Offer(partition, held, receipt, sink, stop);
            }

            if (Owns(partition) && partition.Held.Count == 0)
                Resume(partition);
        }
    }

    /// <summary>Passes a moment while the pipeline is full.</summary>
    private void WaitForRoom(long refusedSince, IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        if (Environment.TickCount64 - refusedSince < s_grace.TotalMilliseconds)
        {
            stop.WaitHandle.WaitOne(s_retry);
            return;
        }

        foreach (OwnedPartition partition in _partitions.Values)
            Pause(partition);
        // Nothing comes from a paused partition, but one may be assigned in this very poll.
        if (Poll() is { } extra && Owner(extra) is { } owner)
            Hold(owner, extra);
        StoreFinished();
        MeasureLag();
    }

    private void ResumeDrained()
    {
        foreach (OwnedPartition partition in _partitions.Values)
        {
            if (partition.Held.Count == 0)
                Resume(partition);
        }
    }

    private bool Pause(OwnedPartition partition)
    {
        if (partition.IsPaused)
            return false;
        partition.IsPaused = Try(() => _consumer.Pause([partition.Id]));
        return partition.IsPaused;
    }

    private void Resume(OwnedPartition partition)
    {
        if (partition.IsPaused && Try(() => _consumer.Resume([partition.Id])))
        {
            partition.IsPaused = false;
            _log.SourceResumed(Name, partition.Id.Topic, partition.Id.Partition.Value);
        }
    }

    private bool Owns(OwnedPartition partition) => _partitions.TryGetValue(partition.Id, out OwnedPartition? owned) && ReferenceEquals(owned, partition);

    /// <summary>Does something with a partition that the group may just have taken away.</summary>
    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (KafkaException error) when (!error.Error.IsFatal)
        {
            _log.SourceError(Name, error.Error.Reason, false);
            return false;
        }
    }
}
