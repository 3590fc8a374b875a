namespace Detector.Worker.Contracts;

/// <summary>What a source hands its messages to. Called from the source's own thread only.</summary>
public interface IMessageSink
{
    /// <summary>
    /// Takes the message and its receipt, or returns false when the pipeline is full: the source then keeps the message, pauses,
    /// goes on polling its broker, and offers the same message again.
    /// </summary>
    bool TryAccept(in RawMessage message);

    /// <summary>
    /// Called when the source has nothing to hand over for the moment, and at least every few milliseconds while it is paused. That none comes is the silence of
    /// those who send only where it was called again and again, and neither <see cref="CutOff"/> nor <see cref="Exhausted"/> came with it.
    /// </summary>
    void Idle();

    /// <summary>
    /// Called just before <see cref="Idle"/> while the source cannot tell whether there is more, because its broker does not answer: that nothing
    /// comes then is no silence of those who send.
    /// </summary>
    void CutOff()
    {
    }

    /// <summary>
    /// Called, beside <see cref="Idle"/>, while no message can be begun because as many are unfinished as may be: the sink lets go what only
    /// waits for further messages.
    /// </summary>
    void Exhausted()
    {
    }

    /// <summary>Whether positions are given back once the state up to them is saved, and not as soon as messages are finished.</summary>
    bool KeepsState => false;

    /// <summary>Called before the committed positions of partitions are asked for: what could still change them comes to its end.</summary>
    /// <exception cref="IOException">That cannot be brought about now; to be tried again.</exception>
    void Assigning()
    {
    }

    /// <summary>
    /// Called before the first message of a partition whose position can be kept: brings its state back. Without this call nothing of the partition is saved.
    /// </summary>
    /// <param name="ledger">Told of positions that are saved; it counts the claims on the partition's messages.</param>
    /// <param name="partition">Its name, the same in every run.</param>
    /// <param name="committed">Messages before this position were finished already: what they lead to is not published again. Null when not known.</param>
    /// <returns>Where to read on; null when nothing is kept.</returns>
    ResumePoint? Assigned(IReceiptLedger ledger, string partition, long? committed) => null;

    /// <summary>A partition that is met for the first time is read from the past on: what lies before now is to learn from, and no news.</summary>
    /// <param name="untilTicks">Now, UTC ticks.</param>
    void BeginsInThePast(IReceiptLedger ledger, long untilTicks)
    {
    }

    /// <summary>The source can hand over no more until what it has is saved, or will soon be at that point.</summary>
    void SaveSoon()
    {
    }

    /// <summary>Called when a partition was taken away: no further messages with receipts of this ledger come.</summary>
    /// <param name="lost">Whether it belongs to somebody else already; else its state is saved before this returns.</param>
    void Revoked(IReceiptLedger ledger, bool lost = false)
    {
    }

    /// <summary>Counts messages that a source has read and cannot keep: nothing of them is left but that they were.</summary>
    void Lost(DropReason reason, int messages)
    {
    }
}
