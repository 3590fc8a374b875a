namespace Detector.Worker.Contracts;

/// <summary>
/// A claim on one message of a source. It starts with one claim, owned by whoever was handed the message; every claim is released exactly once.
/// When none is left, everything that depends on the message has been delivered.
/// </summary>
/// <param name="Ledger">The ledger of the message's partition; null for input that needs no acknowledgement.</param>
/// <param name="Ticket">The message's number in that ledger.</param>
public readonly record struct Receipt(IReceiptLedger? Ledger, long Ticket)
{
    /// <summary>A receipt that acknowledges nothing.</summary>
    public static Receipt None => default;

    public void Retain() => Ledger?.Retain(Ticket);

    public void Release() => Ledger?.Release(Ticket);
}
