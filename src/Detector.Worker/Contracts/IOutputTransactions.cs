namespace Detector.Worker.Contracts;

/// <summary>Publishes what the messages of one source led to together with how far they were read. One thread at a time.</summary>
public interface IOutputTransactions : IDisposable
{
    /// <summary>Publishes all of it in one transaction. What came of partitions that are no longer read here is left out.</summary>
    /// <param name="outputs">In their order.</param>
    /// <param name="positions">Where each partition is read on, by its ledger.</param>
    /// <exception cref="IOException">It failed, and nothing of it is visible: it may be tried again.</exception>
    /// <exception cref="OperationCanceledException">Given up; whether it is visible will show when the positions are read.</exception>
    void Commit(IReadOnlyList<TransactionalOutput> outputs, IReadOnlyList<KeyValuePair<IReceiptLedger, long>> positions, CancellationToken stop);
}
