using Detector.Models.Artifacts;

namespace Detector.Worker.Pipeline;

// After a restart: series come back with the model that each of them had, and a training that was interrupted is begun again.
internal sealed partial class SharedLearning
{
    private readonly List<LiveModel> _versions = []; // that restored series have
    private LiveModel? _newest; // of those, or promoted since

    /// <summary>A series is back, as it was saved.</summary>
    /// <param name="round">The latest review that it has seen.</param>
    public void Restored(SeriesLearning member, SharedRound round)
    {
        lock (_lock)
        {
            if (!_members.Contains(member))
                _members.Add(member);
            if (round.At <= _round.At)
                return;
            _isDecided = !round.HasChallenger;
            Volatile.Write(ref _round, round);
        }
    }

    /// <summary>
    /// The model that a series had when it was saved. One that was promoted since then takes over from it again at the same place; a model that was changed
    /// while nothing ran does not come back.
    /// </summary>
    /// <returns>Null where that model serves no more.</returns>
    public LiveModel? ModelOf(string version)
    {
        lock (_lock)
        {
            if (Slot.Model is not { } serving)
                return null;
            if (!_versions.Contains(serving))
                _versions.Add(serving);
            if (_versions.Find(model => model.Version == version) is not { } own)
            {
                IReadOnlyList<ModelDecision> decisions = pipeline.Learner.Decisions(Slot.Key);
                ModelDecision? change = decisions.LastOrDefault(decision => decision.Champion == version && decision.Outcome == ModelDecision.Promoted);
                bool isCommanded = decisions.LastOrDefault(IsChange)?.Trigger == ModelDecision.Command;
                if (change is null || isCommanded || pipeline.Load(Slot.Key, version, out _) is not { } before)
                    return null;
                _versions.Add(own = before);
            }

            // New series begin with what the furthest of them had.
            if (_newest is null || string.CompareOrdinal(own.Version, _newest.Version) > 0)
                Slot.Serve(_newest = own);
            return own;
        }
    }

    /// <summary>Every series is back. Those that wait for the answer to a review get the one that was given, or it is looked for again.</summary>
    /// <returns>The training that was interrupted; null when there is none.</returns>
    public Challenge? Resume()
    {
        lock (_lock)
        {
            string key = Slot.Key;
            foreach (ModelDecision decision in pipeline.Learner.Decisions(key).Reverse().Where(IsChange).TakeWhile(decision => decision.Trigger != ModelDecision.Command)
                .Take(pipeline.Options.Training.KeepVersions).Reverse())
            {
                if (decision.ReviewTicks < _round.At
                    && _promotions.TrueForAll(known => known.At != decision.ReviewTicks) && Find(decision.Challenger!) is { } promoted)
                {
                    _promotions.Add((decision.ReviewTicks, promoted));
                }
            }

            if (_isDecided)
                return null;
            SeriesState? waiting = Slot.Members().FirstOrDefault(series => series.Model is not null && series.Model.Version == _round.Champion);
            if (waiting is not null)
                return Challenge(waiting, waiting.Model!);
            // All of them have changed over.
            _isDecided = true;
            return null;
        }
    }

    private static bool IsChange(ModelDecision decision) => decision.Outcome is ModelDecision.Promoted or ModelDecision.RolledBack;

    private LiveModel? Find(string version) =>
        _versions.Find(model => model.Version == version) ?? pipeline.Load(Slot.Key, version, out _);
}
