using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>Logs and counts trainings.</summary>
internal sealed class TrainingObserver(FlowMetrics metrics, ILogger log) : ITrainingReceiver
{
    public void OnTrainingStarted(PipelineRuntime pipeline, ModelSlot slot) =>
        log.TrainingStarted(pipeline.Name, slot.Key, slot.Members().Sum(series => series.Pool.Count), slot.Schema.Count);

    public IProgress<TrainingProgress>? Progress(PipelineRuntime pipeline, ModelSlot slot) => FlowMetrics.TrainingProgress(pipeline);

    public void OnTrained(PipelineRuntime pipeline, ModelSlot slot, LearnedModel learned)
    {
        metrics.Trained(learned);
        pipeline.Metrics.ModelDecided(ModelDecision.Promoted);
        log.Trained(pipeline.Name, slot.Key, learned.Version, learned.Report!.Seconds, learned.Threshold.Value, learned.Report.Threshold);
    }

    public void OnDecided(PipelineRuntime pipeline, ModelSlot slot, ModelDecision decision)
    {
        pipeline.Metrics.ModelDecided(decision.Outcome);
        if (decision.Outcome == ModelDecision.Failed)
            log.ChallengerFailed(pipeline.Name, slot.Key, decision.Trigger, decision.Reason);
        else
            log.ChallengerDecided(pipeline.Name, slot.Key, decision.Challenger, decision.Outcome, decision.Trigger, decision.Reason);
    }

    public void OnTrainingFailed(PipelineRuntime pipeline, ModelSlot slot, Exception error)
    {
        pipeline.Metrics.TrainingFailed();
        log.TrainingFailed(pipeline.Name, slot.Key, error.Message);
    }
}
