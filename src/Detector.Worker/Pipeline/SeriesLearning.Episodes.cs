using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

// Episodes that were normal operation after all: as many of the mildest as the stated rate grants, what comes again and again, and what a new normal brings.
internal sealed partial class SeriesLearning : IExcuses
{
    private static readonly TimeSpan s_lead = TimeSpan.FromHours(6); // in which a shift is followed: by so much it is asked about later than it came
    private readonly EpisodeLog _episodes = new();
    private readonly RecurrenceWatch _recurrence = new();
    private readonly KnownEpisodes _known;
    private IReadOnlyList<string> _features;
    private Direction _direction;

    bool IExcuses.Any => _known.Any;

    bool IExcuses.Excuses(ReadOnlySpan<float> direction, double score, long lasting) => _known.Excuses(direction, score, lasting);

    private void Note(in Evidence evidence, in Verdict verdict, SeriesJudge judge, bool isQuiet)
    {
        if (IsLeftOut(evidence.Ticks))
        {
            _episodes.Drop();
            return;
        }

        if (isQuiet)
            _direction.Reset();
        else
            _direction.Add(evidence);
        _episodes.Add(evidence.Ticks, !isQuiet, verdict.Score, isQuiet ? 0 : judge.ExpectedPerDay(verdict.Score), _direction.Unit);
    }

    private void ReviewEpisodes(long ticks, double statedPerDay, List<DriftSignal> found, List<DriftReason> answered, bool isFrozen)
    {
        _episodes.Forget(ticks, IsFaulty);
        _known.Review(ticks, _episodes.Past, IsFaulty);
        // What a shift brings along is asked about as a shift.
        PastEpisode[] shifted = [.. _episodes.Past.Where(episode => episode.ToTicks >= _drift.Question?.SinceTicks - s_lead.Ticks)];
        Ask(DriftReason.Level, shifted);
        _recurrence.Review(ticks, [.. _episodes.Past.Except(shifted).Where(episode => !_known.IsNormal(episode))]);
        Ask(DriftReason.Recurrence, _recurrence.Question is { } recurring ? [recurring] : []);
        if (!isFrozen && AnswerRecurrence(ticks))
            answered.Add(DriftReason.Recurrence);
        else if (_recurrence.Describe(_features, _options.NewNormalAfter) is { } signal)
            found.Add(signal);
        if (isFrozen || _drift.Question is not null)
            return;
        IReadOnlyList<PastEpisode> mild = _episodes.TakeMild(ticks, statedPerDay);
        PastEpisode[] normal = [.. mild, .. _episodes.Past.Where(_known.IsNormal)];
        if (normal.Length > 0)
            _pool.Take(_suspect, time => Array.Exists(normal, episode => episode.Covers(time)));
    }

    /// <summary>What is asked about is not told again, unless somebody says that it is a fault.</summary>
    private void Ask(DriftReason question, PastEpisode[] about)
    {
        if (about.Length == 0 || (_judge.OpenId(question) is { } id && _feedback.VerdictOn(id) == FeedbackVerdict.Confirmed))
            _known.Withdraw(question);
        else
            Array.ForEach(about, episode => _known.Ask(question, episode));
    }

    private bool IsFaulty(long ticks) => _feedback.IsFaulty(_identity.Pipeline, _identity.Series, ticks);

    /// <summary>Whether what recurs is normal operation: somebody says so, or it was asked about long enough and nobody says otherwise.</summary>
    private bool AnswerRecurrence(long ticks)
    {
        if (_recurrence.Question is null || _judge.OpenId(DriftReason.Recurrence) is not { } id)
            return false;
        bool isNormal = _feedback.VerdictOn(id) switch
        {
            FeedbackVerdict.Confirmed => false,
            null => ticks - _recurrence.AskedAt >= _options.NewNormalAfter.Ticks,
            _ => true,
        };
        if (!isNormal)
            return false;
        _recurrence.Accept();
        _known.Accept(DriftReason.Recurrence, ticks);
        (_wanted, _inVain) = (ModelDecision.NewNormal, 0);
        return true;
    }
}
