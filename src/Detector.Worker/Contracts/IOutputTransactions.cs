namespace Detector.Worker.Contracts;

/// <summary>Publishes what the messages of one source led to together with how far they were read. One thread at a time.</summary>
public interface IOutputTransactions : IDisposable
{
    /// <summary>
    /// Ends what a former life of this worker has left open, one way or the other: committed positions that are asked for afterwards say which. Any thread.
    /// </summary>
    /// <exception cref="IOException">The brokers do not answer; it may be tried again.</exception>
    void Open()
    {
    }

    /// <summary>Publishes all of it in one transaction. What came of partitions that are no longer read here is left out.</summary>
    /// <param name="outputs">In their order.</param>
    /// <param name="positions">Where each partition is read on.</param>
    /// <returns>The ledgers of the partitions that were not left out.</returns>
    /// <exception cref="IOException">It failed, and nothing of it is visible: it may be tried again.</exception>
    /// <exception cref="OperationCanceledException">Given up; whether it is visible will show when the positions are read.</exception>
    IReadOnlyCollection<IReceiptLedger> Commit(IReadOnlyList<TransactionalOutput> outputs, IReadOnlyList<TransactionalPosition> positions, CancellationToken stop);
}
