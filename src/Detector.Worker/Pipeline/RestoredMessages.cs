using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Stands for messages of a partition that are part of its saved state: nothing has to be counted any more, but what they lead to is published only where
/// the partition is read.
/// </summary>
internal sealed class RestoredMessages(IReceiptLedger partition) : IReceiptLedger
{
    public IReceiptLedger Partition => partition;

    public void Retain(long ticket)
    {
    }

    public void Release(long ticket)
    {
    }
}
