using Detector.Models.Evaluation.Trials;

namespace Detector.Models.Artifacts;

/// <summary>What was decided about a model, and on which figures.</summary>
/// <param name="At">When, by the clock.</param>
/// <param name="Series">Series whose review it answers.</param>
/// <param name="ReviewTicks">Event time of that review, UTC ticks; of a command the newest sample that it did not concern.</param>
/// <param name="Trigger">Why it was looked at: <c>schedule</c>, <c>drift</c>, <c>new normal</c>, <c>features</c> (some have come or gone) or <c>command</c>.</param>
/// <param name="Outcome"><c>promoted</c>, <c>rejected</c>, <c>failed</c> or <c>rolled_back</c>.</param>
/// <param name="Champion">Version that served.</param>
/// <param name="Challenger">Version that was looked at; null where training yielded none.</param>
/// <param name="Reason">A sentence.</param>
public sealed record ModelDecision(
    DateTimeOffset At, string Series, long ReviewTicks, string Trigger, string Outcome, string? Champion, string? Challenger, string Reason)
{
    /// <summary>An <see cref="Outcome"/>.</summary>
    public const string Promoted = "promoted", Rejected = "rejected", Failed = "failed", RolledBack = "rolled_back";

    /// <summary>A <see cref="Trigger"/>.</summary>
    public const string Command = "command", Schedule = "schedule", Drift = "drift", NewNormal = "new normal", Features = "features";

    /// <summary>Figures of the champion; null where there was no comparison.</summary>
    public TrialFigures? ChampionFigures { get; init; }

    /// <summary>Figures of the challenger on the same rows.</summary>
    public TrialFigures? ChallengerFigures { get; init; }

    /// <summary>Samples in the pool, and the event time they span.</summary>
    public string? Pool { get; init; }

    /// <summary>Seconds that training and comparison took.</summary>
    public double Seconds { get; init; }
}
