namespace Detector.Worker.Contracts;

/// <summary>Counts, for each message taken from a source, what still depends on it. Thread-safe.</summary>
public interface IReceiptLedger
{
    /// <summary>Whether what it counts was published before a restart.</summary>
    bool IsReplay => false;

    /// <summary>The ledger of the partition that the message came from.</summary>
    IReceiptLedger Partition => this;

    /// <summary>One more output or sample depends on the message.</summary>
    void Retain(long ticket);

    /// <summary>One dependant is done; at zero the message is finished and its offset may be stored once every earlier one is.</summary>
    void Release(long ticket);

    /// <summary>State that includes every message before this position survives a crash, and everything that they led to is delivered. Any thread.</summary>
    void Saved(long position)
    {
    }

    /// <summary>Writes what the source needs of the partition beside its position. On the source's thread.</summary>
    void Save(BinaryWriter writer)
    {
    }
}
