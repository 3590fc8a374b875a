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
    private const int SuspectRows = 1024;

    private readonly SeriesIdentity _identity;
    private readonly RetrainOptions _options;
    private readonly FeedbackBook _feedback;
    private readonly MaintenanceWatch _maintenance;
    private NormalPool _pool; // what a model would be learned from now
    private NormalPool _shifted; // since a shift that is asked about
    private NormalPool _suspect; // of episodes, until somebody says that they were normal
    private DriftWatch _drift;
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
    private StreamBaseline? _baseline; // of the model
    private long _latest; // event time of the newest sample

    /// <param name="model">The model in service.</param>
    /// <param name="similarity">Least cosine between episodes that are alike.</param>
    /// <param name="shared">Decides on the model that it shares with other series; null where it has its own.</param>
    public SeriesLearning(
        SeriesIdentity identity, TrainingOptions training, LiveModel model, int seed, DecidingContext context, double similarity, SharedLearning? shared = null)
    {
        RetrainOptions options = training.Retrain;
        (IReadOnlyList<string> features, int windowRows) = (model.Scorer.Features, model.Shape.Rows);
        (_shared, _baseline) = (shared, model.Baseline);
        (_identity, _options, _feedback) = (identity, options, context.Feedback);
        _maintenance = new MaintenanceWatch(context.Maintenance, identity.Pipeline, identity.Series);
        int block = Math.Clamp(4 * windowRows, 32, Math.Max(32, options.PoolRows / 8));
        // Half a block still yields windows; less is hardly worth its place, but for episodes, which belong between what is there.
        _pool = new NormalPool(features.Count, block, options.PoolRows, options.PoolMemory, seed, block / 2);
        _shifted = new NormalPool(features.Count, block, options.PoolRows, options.PoolMemory, seed, block / 2);
        _suspect = new NormalPool(features.Count, Math.Max(2 * windowRows, 8), SuspectRows, options.PoolMemory, seed, 1);
        (_features, _direction, _known) = (features, new Direction(features.Count), new KnownEpisodes((float)similarity));
        _every = WithJitter(options.Every, seed);
        _drift = new DriftWatch(features, options);
        _judge = new DriftJudge(identity, model.Named, context);
        _come = new FeatureWatch(model.Shape.PeriodTicks, LearnAfter(training), options.NewNormalAfter, answers: shared is null);
        _come.Use(features, [], _baseline, 0);
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
    /// <param name="newNames">Names of features that come with it and that the model does not know.</param>
    /// <param name="newValues">Their values; the last may be lacking.</param>
    public void Observe(in Evidence evidence, in Verdict verdict, SeriesJudge judge, string[] newNames, ReadOnlySpan<double> newValues)
    {
        _latest = evidence.Ticks;
        Follow(newNames);
        ReadOnlySpan<double> row = Row(evidence.Values, newValues);
        _come.Add(evidence.Ticks, row);
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
        Note(evidence, verdict, judge, isQuiet);
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

        taker?.Add(evidence.Ticks, row);
    }

    /// <summary>Its share in a model that it has with other series.</summary>
    /// <param name="rows">Samples at most.</param>
    public GroupShare Share(IReadOnlyList<string> features, int rows)
    {
        (long[] ticks, double[] values) = _pool.Sample(rows);
        return new GroupShare(Series, features, ticks, values).InOrder();
    }

    /// <summary>The challenge that is under way.</summary>
    public Challenge Resume(SeriesState series, LiveModel champion)
    {
        (long[] ticks, double[] values) = _pool.Copy(_come.LearnSince);
        return new Challenge(series, champion, _challenge, _trigger, [new GroupShare(Series, _come.Names, ticks, values).InOrder()], _pool.Describe()) { Features = _come.Target };
    }

    /// <summary>Another model has taken over.</summary>
    /// <param name="newNames">Names of features that come and that it does not know.</param>
    public void Serve(LiveModel model, string[] newNames)
    {
        _judge.Model = model.Named;
        if (model.Knows(_features))
        {
            _baseline = model.Baseline;
            _drift.Learned(Known(_features.Count).Rows);
        }
        else
        {
            _newNames = newNames;
            Rearrange(model.Scorer.Features, model.Baseline);
        }

        (_wanted, _trigger, _inVain) = ("", "", 0);
    }

    private bool IsLeftOut(long ticks) => _maintenance.Covers(ticks) || IsFaulty(ticks);

    private static bool Covers(FeedbackMark mark, long ticks) => mark.From.UtcTicks <= ticks && ticks <= mark.To.UtcTicks;
}
