namespace Detector.Worker.Contracts;

/// <summary>A message that could not be used, with where it came from and why.</summary>
/// <param name="Payload">A copy of its bytes, cut to the dead letter's size limit.</param>
public sealed record DeadLetter(
    string Source, string Topic, int Partition, long Offset, DropReason Reason, byte[] Key, byte[] Payload, int OriginalBytes);
