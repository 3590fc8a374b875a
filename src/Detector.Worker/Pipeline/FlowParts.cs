using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>What a <see cref="DataFlow"/> connects.</summary>
/// <param name="MaxBatch">Windows in a batch.</param>
/// <param name="Checkpoints">Keeps the state; null keeps none.</param>
internal sealed record FlowParts(
    IReadOnlyList<SourcePart> Sources, IVerdictReceiver Verdicts, ITrainingReceiver Training, IStageTiming Timing, int MaxBatch,
    Checkpointing? Checkpoints = null)
{
    /// <summary>Of challengers; null for one by the clock.</summary>
    public TrainingBudget? Budget { get; init; }
}
