using Detector.Models.Artifacts;

namespace Detector.Worker.Pipeline;

/// <summary>Takes what people want of models, from the page, the API or the command line. Thread-safe.</summary>
internal sealed class ModelDesk(IReadOnlyList<PipelineRuntime> pipelines, TimeProvider clock)
{
    /// <summary>
    /// Puts a stored version into service: durable when this returns, and in force with the next sample of each series.
    /// </summary>
    /// <param name="key">Series, or <c>*</c> for the model that all share.</param>
    /// <param name="version">One that is stored; null takes the one before the version in service.</param>
    /// <param name="by">Who wants it, as far as is known.</param>
    /// <returns>Null, or a sentence that says why it cannot be done.</returns>
    public string? Serve(string? pipeline, string? key, string? version, string by)
    {
        if (Find(pipeline, key) is not { Slot: var slot, Pipeline: var owner } || slot.Model is not { } champion)
            return "There is no such model in service; name it by pipeline and series.";
        string? wanted = version ?? owner.Learner.Versions(slot.Key).FirstOrDefault(other => string.CompareOrdinal(other, champion.Version) < 0);
        if (wanted is null)
            return $"There is no version before {champion.Version}.";
        if (wanted == champion.Version)
            return $"Version {wanted} serves already.";
        if (owner.Load(slot.Key, wanted, out string refusal) is not { } next)
            return refusal;
        // A series takes its own features over; what several series share is laid out for all of them.
        bool isOwn = !owner.IsShared && slot != owner.Group?.Slot;
        if (next.Shape != champion.Shape || (!isOwn && !next.Knows(champion.Scorer.Features)))
        {
            next.Scorer.Dispose();
            return $"Version {wanted} knows other features or another window than {champion.Version}: restart the service with it instead.";
        }

        try
        {
            owner.Learner.Serve(slot.Key, wanted);
        }
        catch (IOException error)
        {
            next.Scorer.Dispose();
            return error.Message;
        }

        bool isBack = string.CompareOrdinal(wanted, champion.Version) < 0;
        var decision = new ModelDecision(
            clock.GetUtcNow(), slot.Key, 0, ModelDecision.Command, isBack ? ModelDecision.RolledBack : ModelDecision.Promoted, champion.Version, wanted, $"{by} wanted it.");
        owner.Metrics.ModelDecided(decision.Outcome);
        // The series that it belongs to writes down where it took over.
        if (owner.IsShared || slot == owner.Group?.Slot)
            owner.TryRecord(slot.Key, decision);
        if (slot == owner.Group?.Slot)
            next = next with { IsOfGroup = true };
        owner.Shared?.Commanded();
        slot.Command = new ModelCommand(next, long.MinValue, decision);
        slot.Serve(next);
        return null;
    }

    /// <summary>Has a model learned anew and held against the one in service, from the next sample on.</summary>
    /// <returns>Null, or a sentence that says why it cannot be done.</returns>
    public string? Retrain(string? pipeline, string? key)
    {
        if (Find(pipeline, key) is not { Slot: var slot } || slot.Model is null)
            return "There is no such model in service; name it by pipeline and series.";
        return slot.Members().Any(series => series.AskForReview())
            ? null
            : "Models of this pipeline are not learned anew: set Training:Retrain:Every.";
    }

    /// <summary>The decisions about a model, the newest first; null when there is no such model.</summary>
    public IReadOnlyList<ModelDecision>? Decisions(string? pipeline, string? key) =>
        Find(pipeline, key) is { } found ? [.. found.Pipeline.Learner.Decisions(found.Slot.Key).Reverse()] : null;

    private (PipelineRuntime Pipeline, ModelSlot Slot)? Find(string? pipeline, string? key)
    {
        PipelineRuntime? owner = pipelines.FirstOrDefault(candidate => candidate.Name == pipeline);
        return owner?.Slots.FirstOrDefault(slot => slot.Key == key) is { } found ? (owner, found) : null;
    }
}
