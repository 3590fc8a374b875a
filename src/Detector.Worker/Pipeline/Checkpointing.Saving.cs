using Detector.Worker.Contracts;
using Detector.Worker.State;

namespace Detector.Worker.Pipeline;

// How a whole checkpoint becomes durable. Without transactions its outputs are delivered, and its state is written. With them the state is written aside, then
// outputs and positions are committed, then the state is put in force: a crash in between leaves state of which the committed positions say whether it counts.
internal sealed partial class Checkpointing
{
    private void Save(Checkpoint checkpoint)
    {
        long started = TimeProvider.System.GetTimestamp();
        long bytes = checkpoint.IsTransactional
            ? Commit(checkpoint)
            : checkpoint.Partitions.Sum(cut => Append(checkpoint, cut));
        checkpoint.Free();
        checkpoint.IsSaved = true;
        _metrics.Saved(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetElapsedTime(started), bytes);
    }

    private long Append(Checkpoint checkpoint, PartitionCut cut)
    {
        StateDelta? delta = null;
        return Persist(cut, () =>
        {
            delta ??= Delta(checkpoint, cut);
            BeforeSaving?.Invoke();
            long bytes = cut.Partition.State!.Append(delta);
            cut.Partition.Ledger!.Saved(cut.Position);
            return bytes;
        });
    }

    private long Commit(Checkpoint checkpoint)
    {
        var prepared = new List<(PartitionCut Cut, PreparedState State)>();
        foreach (PartitionCut cut in checkpoint.Partitions)
        {
            StateDelta? delta = null;
            if (Persist(cut, () => Prepare(delta ??= Delta(checkpoint, cut), cut)) is { } state)
                prepared.Add((cut, state));
        }

        IReadOnlyCollection<IReceiptLedger> published = Publish(checkpoint, prepared);
        long bytes = 0;
        foreach ((PartitionCut cut, _) in prepared.Where(state => published.Contains(state.Cut.Partition.Ledger!)))
        {
            bytes += Persist(cut, () =>
            {
                long written = cut.Partition.State!.PutInForce();
                cut.Partition.Ledger!.Saved(cut.Position);
                return written;
            });
        }

        return bytes;
    }

    private PreparedState Prepare(StateDelta delta, PartitionCut cut)
    {
        BeforeSaving?.Invoke();
        return cut.Partition.State!.Prepare(delta);
    }

    private static StateDelta Delta(Checkpoint checkpoint, PartitionCut cut) => new(
        cut.Position, cut.Common, [.. checkpoint.Records(cut.Partition), .. cut.Extra.Select(record => StateRecord.Of(record.Key, record.Value))]);

    /// <summary>Publishes the outputs that waited for it, again and again while the brokers refuse.</summary>
    /// <returns>The ledgers of the partitions whose positions are committed.</returns>
    private IReadOnlyCollection<IReceiptLedger> Publish(Checkpoint checkpoint, List<(PartitionCut Cut, PreparedState State)> prepared)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                TransactionalPosition[] positions = [.. prepared.Where(state => !state.Cut.Partition.IsGone)
                    .Select(state => new TransactionalPosition(state.Cut.Partition.Ledger!, state.State.Offset, state.State.Outputs))];
                IReadOnlyCollection<IReceiptLedger> published = checkpoint.Publish(positions, _stop.Token);
                if (told)
                    _log.TransactionsGoOn();
                return published;
            }
            catch (IOException error)
            {
                _metrics.Failed();
                if (!told)
                    _log.TransactionFailed(error.Message);
                Pause();
            }
        }
    }

    /// <summary>Does something with the state of one partition, again and again while the disk refuses: its position stays where it is meanwhile.</summary>
    /// <returns>What it gives; nothing once the partition belongs to somebody else.</returns>
    private T? Persist<T>(PartitionCut cut, Func<T> step)
    {
        for (bool told = false; !cut.Partition.IsGone; told = true)
        {
            try
            {
                T result = step();
                if (told)
                    _log.StateWrittenAgain(cut.Partition.Name!);
                return result;
            }
            catch (StateLostException error)
            {
                cut.Partition.IsGone = true;
                _log.StateLost(cut.Partition.Name!, error.Message);
            }
            catch (IOException error)
            {
                _metrics.Failed();
                if (!told)
                    _log.StateNotWritten(cut.Partition.Name!, error.Message);
                Pause();
            }
        }

        return default;
    }

    private void Pause()
    {
        if (_stop.Token.WaitHandle.WaitOne(s_retry))
            throw new OperationCanceledException(_stop.Token);
    }
}
