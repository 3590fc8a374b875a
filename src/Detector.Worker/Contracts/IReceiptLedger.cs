namespace Detector.Worker.Contracts;

/// <summary>Counts, for each message taken from a source, what still depends on it. Thread-safe.</summary>
public interface IReceiptLedger
{
    /// <summary>One more output or sample depends on the message.</summary>
    void Retain(long ticket);

    /// <summary>One dependant is done; at zero the message is finished and its offset may be stored once every earlier one is.</summary>
    void Release(long ticket);
}
