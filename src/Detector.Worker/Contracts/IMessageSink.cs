namespace Detector.Worker.Contracts;

/// <summary>What a source hands its messages to. Called from the source's own thread only.</summary>
public interface IMessageSink
{
    /// <summary>
    /// Takes the message and its receipt, or returns false when the pipeline is full: the source then keeps the message, pauses,
    /// goes on polling its broker, and offers the same message again.
    /// </summary>
    bool TryAccept(in RawMessage message);

    /// <summary>Called when the source has nothing to hand over for the moment, and at least every few milliseconds while it is paused.</summary>
    void Idle();

    /// <summary>
    /// Called, beside <see cref="Idle"/>, while no message can be begun because as many are unfinished as may be: the sink lets go what only
    /// waits for further messages.
    /// </summary>
    void Exhausted()
    {
    }

    /// <summary>Called when a partition was taken away: no further messages with receipts of this ledger come.</summary>
    void Revoked(IReceiptLedger ledger)
    {
    }

    /// <summary>Counts messages that a source has read and cannot keep: nothing of them is left but that they were.</summary>
    void Lost(DropReason reason, int messages)
    {
    }
}
