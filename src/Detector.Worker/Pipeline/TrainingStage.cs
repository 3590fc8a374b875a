using System.Collections.Concurrent;
using Detector.Models.Training;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>Trains models one after the other on a thread of its own, so that scoring goes on meanwhile.</summary>
internal sealed class TrainingStage(ITrainingReceiver receiver, Checkpointing? checkpoints, CancellationToken cancel) : IDisposable
{
    private readonly BlockingCollection<SeriesState> _requests = [];

    /// <summary>Slots that wait for their training.</summary>
    public int Waiting => _requests.Count;

    public void Request(SeriesState series) => _requests.TryAdd(series);

    /// <summary>Trains until cancelled.</summary>
    public void Run()
    {
        foreach (SeriesState series in _requests.GetConsumingEnumerable(cancel))
            Train(series.Pipeline, series.Slot);
    }

    private void Train(PipelineRuntime pipeline, ModelSlot slot)
    {
        receiver.OnTrainingStarted(pipeline, slot);
        try
        {
            LearnedModel? learned = null;
            if (checkpoints is not null)
            {
                // What the model is learned from is saved before the model is stored: a restart finds both, or trains the same model again.
                checkpoints.SaveAll(cancel);
                learned = ModelTraining.FindTrained(pipeline, slot);
            }

            if (learned is null)
            {
                learned = ModelTraining.Train(pipeline, slot, receiver.Progress(pipeline, slot), cancel);
                receiver.OnTrained(pipeline, slot, learned);
            }

            slot.Activate(pipeline.Live(learned));
        }
        catch (Exception error) when (error is TrainingException or IOException or UnauthorizedAccessException)
        {
            receiver.OnTrainingFailed(pipeline, slot, error);
            slot.Extend();
        }
    }

    public void Dispose() => _requests.Dispose();
}
