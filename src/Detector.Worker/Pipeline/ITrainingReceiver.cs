using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>Is told how trainings go. Called on the training thread.</summary>
internal interface ITrainingReceiver
{
    void OnTrainingStarted(PipelineRuntime pipeline, ModelSlot slot);

    IProgress<TrainingProgress>? Progress(PipelineRuntime pipeline, ModelSlot slot);

    void OnTrained(PipelineRuntime pipeline, ModelSlot slot, LearnedModel learned);

    /// <summary>A challenger was held against the champion, or could not be.</summary>
    void OnDecided(PipelineRuntime pipeline, ModelSlot slot, ModelDecision decision)
    {
    }

    void OnTrainingFailed(PipelineRuntime pipeline, ModelSlot slot, Exception error);
}
