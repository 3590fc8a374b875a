using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>
/// What a series goes on learning from once it has a model: the pool of its normal operation, its drift, and what its reviews want. Owned by the deciding
/// thread. A function of samples, verdicts, event times, maintenance and feedback, so that a replay wants the same at the same places.
/// </summary>
internal sealed partial class SeriesLearning
{
    private const byte Version = 2;
    private const int LeastRows = 256;
    private const int SuspectRows = 1024;
    private const int AnchorRows = 512;
    private const double Jitter = 0.1; // of the time between two retrainings, so that series do not keep step
    private const int MostDoublings = 5;
    private static readonly TimeSpan s_oneChange = TimeSpan.FromDays(7); // a new normal that begins on weekdays is not whole before its first weekend
    private static readonly TimeSpan s_again = TimeSpan.FromHours(6), s_driftPause = TimeSpan.FromDays(1);

    private readonly SeriesIdentity _identity;
    private readonly RetrainOptions _options;
    private readonly FeedbackBook _feedback;
    private readonly MaintenanceWatch _maintenance;
    private readonly NormalPool _pool; // what a model would be learned from now
    private readonly NormalPool _shifted; // since a shift that is asked about
    private readonly NormalPool _suspect; // of episodes, until somebody says that they were normal
    private readonly DriftWatch _drift;
    private readonly DriftJudge _judge;
    private long _trainedAt; // event time of the latest training
    private string _wanted = ""; // trigger of a training that is due until a model is promoted
    private long _challenge; // review whose training is under way; 0 for none
    private string _trigger = "";
    private int _inVain; // trainings since a model was promoted
    private readonly SharedLearning? _shared; // where all series have one model
    private bool _isMember;
    private bool _isAsking; // as its pool stands
    private bool _isPaused; // the latest sample went by the pools
    private long _changedAt; // event time at which the latest new normal began; 0 for none
    private long _acceptedAt;
    private readonly long _every; // with the jitter of this series

    /// <param name="features">Names of the model's features.</param>
    /// <param name="windowRows">Rows of a window.</param>
    /// <param name="shared">Decides on the model that it shares with other series; null where it has its own.</param>
    public SeriesLearning(
        SeriesIdentity identity, RetrainOptions options, IReadOnlyList<string> features, int windowRows, int seed, AlertModel model, DecidingContext context, SharedLearning? shared = null)
    {
        _shared = shared;
        (_identity, _options, _feedback) = (identity, options, context.Feedback);
        _maintenance = new MaintenanceWatch(context.Maintenance, identity.Pipeline, identity.Series);
        int block = Math.Clamp(4 * windowRows, 32, Math.Max(32, options.PoolRows / 8));
        // Half a block still yields windows; less is hardly worth its place, but for episodes, which belong between what is there.
        _pool = new NormalPool(features.Count, block, options.PoolRows, options.PoolMemory, seed, block / 2);
        _shifted = new NormalPool(features.Count, block, options.PoolRows, options.PoolMemory, seed, block / 2);
        _suspect = new NormalPool(features.Count, Math.Max(2 * windowRows, 8), SuspectRows, options.PoolMemory, seed, 1);
        (_features, _direction) = (features, new Direction(features.Count));
        _every = WithJitter(options.Every, seed);
        _drift = new DriftWatch(features, options);
        _judge = new DriftJudge(identity, model, context);
    }

    /// <summary>Figures of the last review, for displays and metrics; may be read by any thread.</summary>
    public (double Input, double Shift) Drift => (_drift.Input, _drift.Shift);

    /// <summary>What the pool holds, a sentence; replaced as a whole, so that any thread may read it.</summary>
    public string Pool { get; private set; } = "no samples";

    public bool HasOpen => _judge.HasOpen;

    /// <summary>Key of the series.</summary>
    public string Series => _identity.Series;

    /// <summary>Trigger of a training that the series wants; empty for none.</summary>
    public string Wanted => _wanted;

    /// <summary>Whether a shift is asked about.</summary>
    public bool IsAsking => _isAsking;

    public int PoolRows => _pool.Rows;

    /// <summary>The latest review of a shared model that it has seen.</summary>
    public SharedRound Round { get; set; } = SharedRound.None;

    /// <summary>The review whose training is under way; 0 for none.</summary>
    public long Challenged => _challenge;

    /// <summary>Begins with what the first model was learned from.</summary>
    public void Begin(WarmupPool warmup, int features)
    {
        if (warmup.Count == 0)
            return;
        double[] rows = new double[warmup.Count * features];
        for (int i = 0; i < warmup.Count; i++)
        {
            Span<double> row = rows.AsSpan(i * features, features);
            warmup.CopyRow(i, row);
            _pool.Add(warmup.Ticks[i], row);
        }

        _drift.Anchor(rows, warmup.Ticks);
        _drift.Learned(rows);
        _trainedAt = warmup.Ticks[^1];
        Pool = _pool.Describe();
    }

    /// <summary>Takes up a judged sample.</summary>
    /// <param name="judge">Judged it.</param>
    public void Observe(in Evidence evidence, in Verdict verdict, SeriesJudge judge)
    {
        if (_trainedAt == 0)
            _trainedAt = evidence.Ticks;
        if (!_isMember)
            _shared?.Join(this);
        _isMember = true;
        bool isQuiet = !verdict.Anomalous && !judge.IsOpen, isAsked = _drift.Question is not null;
        _drift.Add(evidence.Ticks, evidence.Values, verdict.Score, isQuiet);
        // While a challenger is in training, its pool stays what it learns from: after a crash the same is learned again.
        if (_challenge != 0 && evidence.Ticks - _challenge > _options.Handover.Ticks)
            _challenge = 0;
        Note(evidence, verdict, judge, isQuiet, isAsked);
        bool wasPaused = _isPaused;
        _isPaused = _challenge != 0 || _shared?.IsFrozen(evidence.Ticks) == true;
        if (_isPaused)
            return;
        NormalPool? taker = IsLeftOut(evidence.Ticks) ? null : isAsked ? _shifted : isQuiet ? _pool : _suspect;
        foreach (NormalPool other in (ReadOnlySpan<NormalPool>)[_pool, _shifted, _suspect])
        {
            if (other != taker || wasPaused)
                other.Break();
        }

        taker?.Add(evidence.Ticks, evidence.Values);
    }

    /// <summary>Time between two retrainings, ticks; series do not keep step.</summary>
    public static long WithJitter(TimeSpan? every, int seed) =>
        (long)((every ?? TimeSpan.MaxValue / 2).Ticks * (1 + Jitter * (2.0 * (uint)seed / uint.MaxValue - 1)));

    /// <summary>Whether to wait: what was refused is tried again ever more rarely, since the next pool is hardly another one.</summary>
    /// <param name="inVain">Trainings since a model was promoted.</param>
    /// <param name="since">Time since the latest, ticks.</param>
    /// <param name="every">Time between two on schedule, ticks.</param>
    public static bool IsTooSoon(string trigger, int inVain, long since, long every)
    {
        TimeSpan pause = (trigger == ModelDecision.NewNormal ? s_again : s_driftPause) * (1 << Math.Min(inVain, MostDoublings));
        return trigger is not (ModelDecision.Command or ModelDecision.Schedule) && inVain > 0 && since < Math.Min(pause.Ticks, every);
    }

    /// <summary>Looks at what has drifted, tells of it, and says whether a model is to be learned anew.</summary>
    /// <param name="champion">The model in service.</param>
    /// <param name="commanded">Whether somebody wants it.</param>
    /// <returns>Null when the model in service stays.</returns>
    public Challenge? Review(SeriesState series, LiveModel champion, long ticks, bool commanded, IChallenges challenges, IAlertReceiver alerts)
    {
        Look(ticks, series.Judge!.StatedPerDay, alerts);
        string trigger = commanded ? ModelDecision.Command
            : _drift.Question is not null ? ""
            : _wanted.Length > 0 ? _wanted
            : ticks - _trainedAt >= _every ? ModelDecision.Schedule
            : "";
        if (trigger.Length == 0 || IsTooSoon(trigger, _inVain, ticks - _trainedAt, _every) || _pool.Rows < LeastRows || !challenges.TryTake(series.Pipeline))
            return null;
        (_trainedAt, _challenge, _trigger, _inVain) = (ticks, ticks, trigger, _inVain + 1);
        return Resume(series, champion);
    }

    /// <summary>Looks at what has drifted, and tells of it.</summary>
    /// <param name="statedPerDay">Stated false alarms a day.</param>
    public void Look(long ticks, double statedPerDay, IAlertReceiver alerts)
    {
        if (!_drift.IsAnchored && _pool.Rows >= AnchorRows)
        {
            (long[] times, double[] rows) = _pool.Copy();
            _drift.Anchor(rows, times);
            _drift.Learned(rows);
        }

        var found = new List<DriftSignal>(_drift.Review(ticks));
        var answered = new List<DriftReason>();
        // What another series has begun a training from stays as it is.
        bool isFrozen = _shared?.IsFrozen(ticks) == true;
        if (!isFrozen && Answer(ticks))
            answered.Add(DriftReason.Level);
        else if (_drift.Question is null)
            _shifted.Clear();
        ReviewEpisodes(ticks, statedPerDay, found, answered, isFrozen);
        _judge.Judge(ticks, found, answered, alerts);
        if (!isFrozen)
            Sort();
        if (_options.OnDrift && _wanted.Length == 0 && ticks - _trainedAt >= s_driftPause.Ticks && found.Any(signal => signal.Reason is DriftReason.Input or DriftReason.Score))
            _wanted = ModelDecision.Drift;
        if (_shared is not null && !isFrozen)
        {
            _pool.Limit(_shared.RowsOfEach);
            _isAsking = _drift.Question is not null;
        }

        Pool = _pool.Describe();
    }

    /// <summary>Its share in a model that it has with other series.</summary>
    /// <param name="rows">Samples at most.</param>
    public GroupShare Share(IReadOnlyList<string> features, int rows)
    {
        (long[] ticks, double[] values) = _pool.Sample(rows);
        return new GroupShare(Series, features, ticks, values);
    }

    /// <summary>The challenge that is under way.</summary>
    public Challenge Resume(SeriesState series, LiveModel champion)
    {
        (long[] ticks, double[] values) = _pool.Copy();
        return new Challenge(series, champion, _challenge, _trigger, [new GroupShare(Series, champion.Scorer.Features, ticks, values)], _pool.Describe());
    }

    /// <summary>Another model has taken over.</summary>
    public void Serve(AlertModel model)
    {
        _judge.Model = model;
        _drift.Learned(_pool.Copy().Values);
        (_wanted, _trigger, _inVain) = ("", "", 0);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Version);
        _pool.Save(writer);
        _shifted.Save(writer);
        _suspect.Save(writer);
        _drift.Save(writer);
        _judge.Save(writer);
        _episodes.Save(writer);
        _recurrence.Save(writer);
        _direction.Save(writer);
        writer.Write(_changedAt);
        writer.Write(_acceptedAt);
        writer.Write(_trainedAt);
        writer.Write(_wanted);
        writer.Write(_challenge);
        writer.Write(_trigger);
        writer.Write(_inVain);
        writer.Write(_isPaused);
        if (_shared is null)
            return;
        writer.Write(_isMember);
        writer.Write(_isAsking);
        Round.Save(writer);
    }

    /// <exception cref="InvalidDataException">It is of another version or of other features.</exception>
    public void Load(BinaryReader reader)
    {
        reader.ReadVersion(Version, "pool");
        _pool.Load(reader);
        _shifted.Load(reader);
        _suspect.Load(reader);
        _drift.Load(reader);
        _judge.Load(reader);
        _episodes.Load(reader);
        _recurrence.Load(reader);
        _direction.Load(reader);
        (_changedAt, _acceptedAt) = (reader.ReadInt64(), reader.ReadInt64());
        (_trainedAt, _wanted, _challenge, _trigger) = (reader.ReadInt64(), reader.ReadString(), reader.ReadInt64(), reader.ReadString());
        _inVain = reader.ReadInt32();
        _isPaused = reader.ReadBoolean();
        Pool = _pool.Describe();
        if (_shared is null)
            return;
        (_isMember, _isAsking) = (reader.ReadBoolean(), reader.ReadBoolean());
        Round = SharedRound.Load(reader);
        if (_isMember)
            _shared.Restored(this, Round);
    }

    /// <summary>Whether the shift that is asked about is the new normal: somebody says so, or it came at once, has lasted, and nobody says otherwise.</summary>
    private bool Answer(long ticks)
    {
        if (_drift.Question is null || _judge.OpenId(DriftReason.Level) is not { } id)
            return false;
        bool isNormal = _feedback.VerdictOn(id) switch
        {
            FeedbackVerdict.Confirmed => false,
            null => _drift.IsNewNormal(ticks),
            _ => true,
        };
        if (!isNormal)
            return false;
        if (_changedAt == 0 || ticks - _acceptedAt > s_oneChange.Ticks)
            _changedAt = _drift.Question.SinceTicks;
        _acceptedAt = ticks;
        _drift.Accept();
        // What was before stays until its time: what is rare, such as the start of a week, is not seen again so soon.
        _pool.Take(_shifted, _ => true);
        _shifted.Clear();
        // Where the features may belong together otherwise since then, what is left of the old relations says nothing.
        (long[] times, double[] rows) = _pool.Copy(_changedAt);
        if (times.Length >= LeastRows)
            _drift.Anchor(rows, times);
        (_wanted, _inVain) = (ModelDecision.NewNormal, 0);
        return true;
    }

    /// <summary>Puts in what was marked as normal, and out what was confirmed to be a fault.</summary>
    private void Sort()
    {
        IReadOnlyList<FeedbackMark> marks = _feedback.Of(_identity.Pipeline, _identity.Series);
        if (marks.Count == 0)
            return;
        _pool.Take(_suspect, ticks => marks.Any(mark => mark.Verdict != FeedbackVerdict.Confirmed && Covers(mark, ticks)));
        _pool.Remove(ticks => marks.Any(mark => mark.Verdict == FeedbackVerdict.Confirmed && Covers(mark, ticks)));
    }

    private bool IsLeftOut(long ticks) => _maintenance.Covers(ticks) || _feedback.IsFaulty(_identity.Pipeline, _identity.Series, ticks);

    private static bool Covers(FeedbackMark mark, long ticks) => mark.From.UtcTicks <= ticks && ticks <= mark.To.UtcTicks;
}
