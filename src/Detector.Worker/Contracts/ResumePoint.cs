namespace Detector.Worker.Contracts;

/// <summary>Where a source reads on.</summary>
/// <param name="Position">Everything before it is in the state.</param>
/// <param name="SourceState">What <see cref="IReceiptLedger.Save"/> wrote.</param>
public readonly record struct ResumePoint(long Position, byte[] SourceState);
