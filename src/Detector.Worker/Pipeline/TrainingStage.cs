using System.Collections.Concurrent;
using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Trains models one after the other on a thread of its own that yields to the others, so that scoring goes on meanwhile: first those without which a
/// series is not watched, then challengers, as far as their budget goes. A model does not depend on those that are trained with it.
/// </summary>
/// <param name="saveAll">Saves all state, and waits until that is done; null where none is kept.</param>
/// <param name="budget">Of challengers; null for one by the clock.</param>
internal sealed class TrainingStage(ITrainingReceiver receiver, Action<CancellationToken>? saveAll, CancellationToken cancel, TrainingBudget? budget = null)
    : IChallenges, IDisposable
{
    /// <summary>Challengers that wait or are in training: a few minutes of work, less than a handover.</summary>
    private const int MostChallenges = 8;

    private readonly BlockingCollection<TrainingRequest> _first = [];
    private readonly BlockingCollection<TrainingRequest> _again = [];
    private readonly TrainingBudget _budget = budget ?? new(TimeProvider.System, MostChallenges);

    public void Request(SeriesState series)
    {
        if (series.Slot.Interrupted is { } challenge)
            Resume(challenge);
        else
            _first.TryAdd(new TrainingRequest(series, null));
    }

    public bool TryTake(PipelineRuntime pipeline, string key, long reviewTicks)
    {
        if (pipeline.TriggerOf(key, reviewTicks) is not { } trigger)
        {
            if (_budget.TryTake(pipeline.Options.Training.Retrain.BudgetSeconds))
                return true;
            pipeline.Pass(key, reviewTicks);
            return false;
        }

        if (trigger.Length > 0)
            _budget.Take();
        return trigger.Length > 0;
    }

    public void Request(Challenge challenge) => _again.TryAdd(new TrainingRequest(challenge.Series, challenge));

    /// <summary>Goes on with a challenge that a restart has interrupted: its place was taken before.</summary>
    private void Resume(Challenge challenge)
    {
        challenge.Series.Slot.Interrupted = null;
        _budget.Take();
        Request(challenge);
    }

    /// <summary>Trains until cancelled.</summary>
    public void Run()
    {
        ThreadNiceness.Raise(ThreadNiceness.Background);
        BlockingCollection<TrainingRequest>[] queues = [_first, _again];
        while (BlockingCollection<TrainingRequest>.TakeFromAny(queues, out TrainingRequest? request, cancel) >= 0)
        {
            if (request!.Challenge is { } challenge)
                Challenge(challenge);
            else
                TrainAll(request);
            if (_first.Count == 0 && request.Series.Pipeline.Group is { IsDue: true } group)
                Train(request.Series.Pipeline, group);
        }
    }

    /// <summary>
    /// Trains all slots that wait. What their models are learned from is saved before the first of them is stored: a restart finds both, or trains the same
    /// models again. Once for all of them, for each save is one of the whole state.
    /// </summary>
    private void TrainAll(TrainingRequest first)
    {
        List<TrainingRequest> waiting = [first];
        while (_first.TryTake(out TrainingRequest? next))
            waiting.Add(next);
        saveAll?.Invoke(cancel);
        foreach (TrainingRequest request in waiting)
        {
            cancel.ThrowIfCancellationRequested();
            Train(request.Series.Pipeline, request.Series.Slot);
        }
    }

    private void Train(PipelineRuntime pipeline, GroupModel group)
    {
        receiver.OnTrainingStarted(pipeline, group.Slot);
        try
        {
            receiver.OnTrained(pipeline, group.Slot, group.Learn(receiver.Progress(pipeline, group.Slot), cancel));
        }
        catch (Exception error) when (error is TrainingException or IOException or UnauthorizedAccessException)
        {
            receiver.OnTrainingFailed(pipeline, group.Slot, error);
        }
    }

    private void Challenge(Challenge challenge)
    {
        long started = TimeProvider.System.GetTimestamp();
        (ModelDecision decision, LiveModel? next) = ChallengerTraining.Decide(challenge, TimeProvider.System, cancel);
        _budget.Spent(TimeProvider.System.GetElapsedTime(started));
        receiver.OnDecided(challenge.Series.Pipeline, challenge.Series.Slot, decision);
        challenge.Answer(next);
    }

    private void Train(PipelineRuntime pipeline, ModelSlot slot)
    {
        receiver.OnTrainingStarted(pipeline, slot);
        try
        {
            LearnedModel? learned = saveAll is null ? null : ModelTraining.FindTrained(pipeline, slot);
            if (learned is null)
            {
                learned = ModelTraining.Train(pipeline, slot, receiver.Progress(pipeline, slot), cancel);
                receiver.OnTrained(pipeline, slot, learned);
            }

            if (slot.Members() is [var series, ..])
                pipeline.Group?.Add(series);
            slot.Activate(pipeline.Live(learned));
        }
        catch (Exception error) when (error is TrainingException or IOException or UnauthorizedAccessException)
        {
            receiver.OnTrainingFailed(pipeline, slot, error);
            slot.Extend();
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _again.Dispose();
    }
}
