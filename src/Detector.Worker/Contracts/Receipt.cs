namespace Detector.Worker.Contracts;

/// <summary>
/// A claim on one message of a source. It starts with one claim, owned by whoever was handed the message; every claim is released exactly once.
/// When none is left, everything that depends on the message has been delivered.
/// </summary>
/// <param name="Ledger">The ledger of the message's partition; null for input that needs no acknowledgement.</param>
/// <param name="Ticket">The message's number in that ledger.</param>
/// <param name="Checkpoint">What is claimed beside the message: the checkpoint that is not whole before this output is delivered. Null for none.</param>
public readonly record struct Receipt(IReceiptLedger? Ledger, long Ticket, IReceiptLedger? Checkpoint = null)
{
    /// <summary>A receipt that acknowledges nothing.</summary>
    public static Receipt None => default;

    /// <summary>Whether the message was finished before a restart: what it leads to is published already.</summary>
    public bool IsReplay => Checkpoint?.IsReplay ?? false;

    public void Retain()
    {
        Ledger?.Retain(Ticket);
        Checkpoint?.Retain(0);
    }

    public void Release()
    {
        Ledger?.Release(Ticket);
        Checkpoint?.Release(0);
    }
}
