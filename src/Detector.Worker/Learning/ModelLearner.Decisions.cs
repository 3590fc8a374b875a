using Detector.Models.Artifacts;
using Detector.Models.Training;

namespace Detector.Worker.Learning;

// Which model serves is decided, and the decision is written down before it takes effect.
internal sealed partial class ModelLearner
{
    /// <summary>What the settings ask of a comparison: its seed.</summary>
    public int Seed => settings.Trainer.Seed;

    /// <summary>The decisions about a model, the oldest first; none where models are not stored.</summary>
    public IReadOnlyList<ModelDecision> Decisions(string key) => store?.Decisions(pipeline, key) ?? [];

    /// <summary>The decision on a review that was made before a restart; null when there is none.</summary>
    public ModelDecision? DecisionOn(string key, string series, long reviewTicks) =>
        Decisions(key).LastOrDefault(decision => decision.Series == series && decision.ReviewTicks == reviewTicks && decision.Trigger != ModelDecision.Command);

    /// <summary>Keeps bytes beside the versions of a model, where models are stored.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Keep(string key, string name, ReadOnlySpan<byte> bytes) => store?.Keep(pipeline, key, name, bytes);

    /// <summary>What was kept; null when there is nothing.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public byte[]? Kept(string key, string name) => store?.Kept(pipeline, key, name);

    /// <summary>Writes a decision down.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Record(string key, ModelDecision decision) => store?.Record(pipeline, key, decision);

    /// <summary>
    /// Puts a challenger into service: stored aside, then decided, then put into service. Whatever ends it in between, the champion serves on; once the
    /// decision is written, <see cref="Finish"/> does the rest after a restart.
    /// </summary>
    /// <exception cref="IOException">The disk refused, or another worker has put another version into service.</exception>
    public void Promote(string key, Candidate challenger, ModelDecision decision)
    {
        store?.SaveAside(challenger.Manifest, ModelArtifact.Tensors(challenger.Learned.Model));
        Release(challenger.Learned.Model);
        if (store is null)
            return;
        store.Record(pipeline, key, decision);
        Finish(key, decision);
    }

    /// <summary>Whether a promotion was decided and not carried out: it is the latest, and its version does not serve.</summary>
    public bool IsUnfinished(string key, ModelDecision decision) =>
        Decisions(key).LastOrDefault(other => other.Outcome is ModelDecision.Promoted or ModelDecision.RolledBack) == decision
        && Versions(key) is [var serving, ..] && serving == decision.Champion;

    /// <summary>Carries a promotion out that is decided.</summary>
    /// <inheritdoc cref="Promote" path="/exception"/>
    public void Finish(string key, ModelDecision decision)
    {
        if (store is null || decision.Challenger is not { } version)
            return;
        store.Promote(pipeline, key, version, decision.Champion);
        store.Prune(pipeline, key, keepVersions);
        remote?.Keep(pipeline, key, keepVersions);
    }

    /// <summary>Versions that may serve, the one that does first.</summary>
    public IReadOnlyList<string> Versions(string key) => store?.Versions(pipeline, key) ?? [];

    /// <summary>Puts a stored version into service, on command.</summary>
    /// <exception cref="IOException">It is not there, or the disk refused.</exception>
    public void Serve(string key, string version)
    {
        if (store is null)
            throw new IOException("Models are not stored.");
        store.Promote(pipeline, key, version);
    }
}
