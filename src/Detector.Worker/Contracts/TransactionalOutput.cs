namespace Detector.Worker.Contracts;

/// <summary>A record that waits for its transaction.</summary>
/// <param name="Sink">Name of the sink it was handed to.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Record">Its content; its receipt says which partition it came of.</param>
public readonly record struct TransactionalOutput(string Sink, string Topic, OutboundRecord Record);
