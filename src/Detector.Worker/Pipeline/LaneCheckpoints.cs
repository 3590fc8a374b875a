namespace Detector.Worker.Pipeline;

/// <summary>What a lane needs for checkpoints.</summary>
/// <param name="Source">Name of its source, under which the state of its partitions is kept.</param>
/// <param name="ExactlyOnce">Whether state beyond the committed position is none: what it led to was never published.</param>
/// <param name="MaxSpilled">Series of a partition that are kept on disk only, at most.</param>
internal sealed record LaneCheckpoints(Checkpointing Checkpointing, string Source, ILogger Log, bool ExactlyOnce = false, int MaxSpilled = 100_000);
