namespace Detector.Worker.State;

/// <summary>What has changed in a partition's state since the one before.</summary>
/// <param name="Position">Where to read on: every earlier message is in the state.</param>
/// <param name="Common">What belongs to the partition as a whole.</param>
/// <param name="Records">Records that changed, each name once.</param>
internal sealed record StateDelta(long Position, byte[] Common, IReadOnlyList<StateRecord> Records);
