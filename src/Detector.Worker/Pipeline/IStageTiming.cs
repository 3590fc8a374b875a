using Detector.Worker.Scoring;

namespace Detector.Worker.Pipeline;

/// <summary>Runs the work of a stage on a batch and takes its time.</summary>
internal interface IStageTiming
{
    void Scoring(PipelineBatch batch, Action<WindowBatch> work);

    void Deciding(PipelineBatch batch, Action<PipelineBatch> work);
}
