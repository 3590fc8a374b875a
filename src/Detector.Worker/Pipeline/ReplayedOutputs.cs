using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>Stands for a checkpoint in receipts of messages that were finished before a restart.</summary>
internal sealed class ReplayedOutputs(Checkpoint checkpoint) : IReceiptLedger
{
    public bool IsReplay => true;

    public void Retain(long ticket) => checkpoint.Retain(ticket);

    public void Release(long ticket) => checkpoint.Release(ticket);
}
