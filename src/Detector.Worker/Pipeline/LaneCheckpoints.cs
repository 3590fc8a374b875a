using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>What a lane needs for checkpoints.</summary>
/// <param name="Source">Name of its source, under which the state of its partitions is kept.</param>
/// <param name="MaxSpilled">Series of a partition that are kept on disk only, at most.</param>
/// <param name="Transactions">Publishes the outputs of a checkpoint together with its positions; null publishes them as they come.</param>
internal sealed record LaneCheckpoints(
    Checkpointing Checkpointing, string Source, ILogger Log, int MaxSpilled = 100_000, IOutputTransactions? Transactions = null);
