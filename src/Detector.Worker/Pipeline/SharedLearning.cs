using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>
/// When the model that all series of a pipeline share is learned anew, and from what. Its reviews are at the same event times for all series: the first that
/// comes to one decides for all of them, from the pools as they stand then, and each changes over when its own samples have passed the handover. Reviews are
/// the deciding thread's; the rest may be asked by any thread.
/// </summary>
internal sealed partial class SharedLearning(PipelineRuntime pipeline)
{
    /// <summary>Series that a challenger learns from at most; of more, others are drawn at each review.</summary>
    private const int MostSeries = 64;

    /// <summary>Samples of a series below which it has no share.</summary>
    private const int LeastShare = 256;

    /// <summary>Samples of all series together, as a multiple of <see cref="RetrainOptions.PoolRows"/>, unless there are so many series that each has the least.</summary>
    private const int PoolMultiple = 4;

    private readonly RetrainOptions _options = pipeline.Options.Training.Retrain;
    private readonly Lock _lock = new();
    private ModelSlot? _slot;
    private readonly List<SeriesLearning> _members = [];
    private readonly List<(long At, LiveModel Model)> _promotions = [];
    private SharedRound _round = SharedRound.None;
    private bool _isDecided; // the latest round
    private volatile bool _asked;
    private long _awaited; // review for whose answer a series has stopped

    /// <summary>Seed of what all series do at the same time.</summary>
    public static int Seed { get; } = SeriesState.SeedOf(ArtifactManifest.SharedKey);

    /// <summary>Samples that a series keeps at most, as many as there are of them now.</summary>
    public int RowsOfEach
    {
        get
        {
            lock (_lock)
                return RowsOf(_members.Count);
        }
    }

    /// <summary>Somebody wants the next review to learn a challenger.</summary>
    public void Ask() => _asked = true;

    /// <summary>A series has come to its first window.</summary>
    public void Join(SeriesLearning member)
    {
        lock (_lock)
        {
            if (!_members.Contains(member))
                _members.Add(member);
        }
    }

    public void Leave(SeriesLearning member)
    {
        lock (_lock)
            _members.Remove(member);
    }

    /// <summary>Whether pools stay as they are, so that after a crash the same is learned again.</summary>
    public bool IsFrozen(long ticks)
    {
        SharedRound round = Volatile.Read(ref _round);
        return round.HasChallenger && ticks >= round.At - _options.Review.Ticks && ticks - round.At <= _options.Handover.Ticks;
    }

    /// <summary>A series has come to a review.</summary>
    /// <returns>What is to be trained; null when nothing is, or when it is under way.</returns>
    public Challenge? Review(SeriesState series, LiveModel champion, long at, IChallenges challenges, IAlertReceiver alerts)
    {
        SeriesLearning learning = series.Learning!;
        learning.Look(at, series.Judge!.StatedPerDay, alerts);
        Challenge? challenge = null;
        lock (_lock)
        {
            if (at > _round.At)
            {
                SharedRound round = Begin(at, champion, challenges);
                _isDecided = !round.HasChallenger;
                Volatile.Write(ref _round, round);
                if (round.HasChallenger)
                    challenge = Challenge(series, champion);
            }

            learning.Round = _round;
        }

        series.NotifyModelReady();
        return challenge;
    }

    /// <summary>What came of a review.</summary>
    /// <returns>Null while that is not known. Its model is the one that serves from the handover on; null in it leaves the model in service.</returns>
    public ReviewAnswer? AnswerOn(long at)
    {
        lock (_lock)
            return at > _round.At || (at == _round.At && !_isDecided) ? null : new ReviewAnswer(at, _promotions.LastOrDefault(promotion => promotion.At <= at).Model);
    }

    /// <summary>A challenger was decided on. On the training thread.</summary>
    public void Decided(long at, LiveModel? next)
    {
        lock (_lock)
        {
            if (next is not null)
            {
                _promotions.Add((at, next));
                _newest = next;
                if (_promotions.Count > pipeline.Options.Training.KeepVersions)
                    _promotions.RemoveAt(0);
                // What was commanded before has had its time.
                Slot.Command = null;
            }

            _isDecided |= at == _round.At;
        }

        foreach (SeriesState series in Slot.Members())
            series.NotifyModelReady();
    }

    /// <summary>
    /// Whether no more messages are to be read: a series has come to where it needs the answer, or the first model is in training. Would the others go on, the
    /// order in which samples reach the pools would follow from how long a training takes.
    /// </summary>
    public bool IsAwaited => Slot.Phase == SlotPhase.Training || (Volatile.Read(ref _awaited) is not 0 and var at && AnswerOn(at) is null);

    /// <summary>A series has stopped until a review is answered.</summary>
    public void Await(long at) => Volatile.Write(ref _awaited, at);

    /// <summary>A person has put a version into service: what was promoted before counts no longer.</summary>
    public void Commanded()
    {
        lock (_lock)
            _promotions.Clear();
    }

    private ModelSlot Slot => _slot ??= pipeline.SlotOf("");

    private SharedRound Begin(long at, LiveModel champion, IChallenges challenges)
    {
        bool isNew = champion.Version != _round.Champion;
        int inVain = isNew ? 0 : _round.InVain;
        long trainedAt = _round.TrainedAt > 0 ? _round.TrainedAt : champion.LearnedTo > 0 ? champion.LearnedTo : at;
        // How far other sources and partitions have come since then may be another after a restart.
        string? known = pipeline.TriggerOf(Slot.Key, at);
        string trigger = known ?? Wanted(at, trainedAt);
        bool isWanted = known is null
            ? trigger.Length > 0 && !SeriesLearning.IsTooSoon(trigger, inVain, at - trainedAt, Every) && Givers(at).Count > 0
            : trigger.Length > 0;
        if (!isWanted && known is null)
            pipeline.Pass(Slot.Key, at);
        if (!isWanted || !challenges.TryTake(pipeline, Slot.Key, at))
            return new SharedRound(at, trainedAt, "", champion.Version, inVain);
        _asked = false;
        return new SharedRound(at, at, trigger, champion.Version, inVain + 1);
    }

    private string Wanted(long at, long trainedAt) => _asked ? ModelDecision.Command
        : _members.Any(member => member.Wanted == ModelDecision.NewNormal) ? ModelDecision.NewNormal
        // One series that drifts is no reason to give all of them another model.
        : 4 * _members.Count(member => member.Wanted.Length > 0) >= Math.Max(1, _members.Count) ? ModelDecision.Drift
        : at - trainedAt >= Every ? ModelDecision.Schedule
        : "";

    private long Every => SeriesLearning.WithJitter(_options.Every, Seed);

    /// <summary>The series that have something to learn from; what one holds that asks about a shift may be a fault.</summary>
    private List<SeriesLearning> Givers(long at) =>
    [
        .. _members.Where(member => member.PoolRows >= FewestRows && !member.IsAsking)
            .OrderBy(member => SeriesState.SeedOf(FormattableString.Invariant($"{at} {member.Series}"))).Take(MostSeries)
            .OrderBy(member => member.Series, StringComparer.Ordinal),
    ];

    /// <summary>Samples of each of so many series.</summary>
    private int RowsOf(int series) => Math.Clamp(PoolMultiple * _options.PoolRows / Math.Max(1, series), FewestRows, _options.PoolRows);

    private int FewestRows => Math.Min(LeastShare, _options.PoolRows);

    private Challenge Challenge(SeriesState series, LiveModel champion)
    {
        List<SeriesLearning> givers = Givers(_round.At);
        GroupShare[] shares = [.. givers.Select(giver => giver.Share(champion.Scorer.Features, RowsOf(givers.Count)))];
        return new Challenge(
            series, champion, _round.At, _round.Trigger, shares,
            FormattableString.Invariant($"{shares.Sum(share => share.Ticks.Length)} samples of {shares.Length} of {_members.Count} series"));
    }
}
