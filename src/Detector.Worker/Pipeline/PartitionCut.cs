namespace Detector.Worker.Pipeline;

/// <summary>A partition as it stood at a cut.</summary>
/// <param name="Position">Where to read on after it.</param>
/// <param name="Common">What belongs to the partition as a whole.</param>
/// <param name="Extra">Records beside those of series.</param>
internal sealed record PartitionCut(LanePartition Partition, long Position, byte[] Common, IReadOnlyList<KeyValuePair<string, byte[]?>> Extra);
