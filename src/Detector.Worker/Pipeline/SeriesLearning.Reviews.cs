using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;

namespace Detector.Worker.Pipeline;

// Its reviews: what has drifted, what is asked about and how that is answered, and whether a model is to be learned anew.
internal sealed partial class SeriesLearning
{
    private const int LeastRows = 256;
    private const int AnchorRows = 512;
    private const double Jitter = 0.1; // of the time between two retrainings, so that series do not keep step
    private const int MostDoublings = 5;
    private static readonly TimeSpan s_oneChange = TimeSpan.FromDays(7); // a new normal that begins on weekdays is not whole before its first weekend
    private static readonly TimeSpan s_again = TimeSpan.FromHours(6), s_driftPause = TimeSpan.FromDays(1);

    /// <summary>Time between two retrainings, ticks; series do not keep step.</summary>
    public static long WithJitter(TimeSpan? every, int seed) =>
        (long)((every ?? TimeSpan.MaxValue / 2).Ticks * (1 + Jitter * (2.0 * (uint)seed / uint.MaxValue - 1)));

    /// <summary>Whether to wait: what was refused is tried again ever more rarely, since the next pool is hardly another one.</summary>
    /// <param name="inVain">Trainings since a model was promoted.</param>
    /// <param name="since">Time since the latest, ticks.</param>
    /// <param name="every">Time between two on schedule, ticks.</param>
    public static bool IsTooSoon(string trigger, int inVain, long since, long every)
    {
        TimeSpan pause = (trigger is ModelDecision.NewNormal or ModelDecision.Features ? s_again : s_driftPause) * (1 << Math.Min(inVain, MostDoublings));
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
            (long[] times, double[] rows) = Known(_features.Count);
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
        ReviewFeatures(ticks, found, answered);
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
        if (_episodes.Open is { } open)
            _known.Ask(DriftReason.Level, open);
        _known.Accept(DriftReason.Level, ticks);
        // What was before stays until its time: what is rare, such as the start of a week, is not seen again so soon.
        _pool.Take(_shifted, _ => true);
        _shifted.Clear();
        // Where the features may belong together otherwise since then, what is left of the old relations says nothing.
        (long[] times, double[] rows) = Known(_features.Count, _changedAt);
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
}
