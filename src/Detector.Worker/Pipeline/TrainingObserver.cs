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
        pipeline.Metrics.ModelPromoted();
        log.Trained(pipeline.Name, slot.Key, learned.Version, learned.Report!.Seconds, learned.Threshold.Value, learned.Report.Threshold);
    }

    public void OnTrainingFailed(PipelineRuntime pipeline, ModelSlot slot, Exception error)
    {
        pipeline.Metrics.TrainingFailed();
        log.TrainingFailed(pipeline.Name, slot.Key, error.Message);
    }
}
