using Detector.Models.Training;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>Is told how trainings go. Called on the training thread.</summary>
internal interface ITrainingReceiver
{
    void OnTrainingStarted(PipelineRuntime pipeline, ModelSlot slot);

    IProgress<TrainingProgress>? Progress(PipelineRuntime pipeline, ModelSlot slot);

    void OnTrained(PipelineRuntime pipeline, ModelSlot slot, LearnedModel learned);

    void OnTrainingFailed(PipelineRuntime pipeline, ModelSlot slot, Exception error);
}
