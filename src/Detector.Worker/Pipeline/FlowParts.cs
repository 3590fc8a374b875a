namespace Detector.Worker.Pipeline;

/// <summary>What a <see cref="DataFlow"/> connects.</summary>
/// <param name="MaxBatch">Windows in a batch.</param>
internal sealed record FlowParts(
    IReadOnlyList<SourcePart> Sources, IVerdictReceiver Verdicts, ITrainingReceiver Training, IStageTiming Timing, int MaxBatch);
