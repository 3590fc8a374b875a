namespace Detector.Worker.Contracts;

/// <summary>How far a partition was read, and the state that belongs to it.</summary>
/// <param name="Ledger">The partition's ledger.</param>
/// <param name="Offset">What is committed for it.</param>
/// <param name="State">Records that keep its state.</param>
public readonly record struct TransactionalPosition(IReceiptLedger Ledger, long Offset, IReadOnlyList<StateOutput> State);
