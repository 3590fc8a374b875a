using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

// Episodes that were normal operation after all: as many of the mildest as the stated rate grants, and what comes again and again.
internal sealed partial class SeriesLearning
{
    private readonly EpisodeLog _episodes = new();
    private readonly RecurrenceWatch _recurrence = new();
    private IReadOnlyList<string> _features;
    private Direction _direction;

    private void Note(in Evidence evidence, in Verdict verdict, SeriesJudge judge, bool isQuiet, bool isAsked)
    {
        // What a shift brings along is asked about as a shift.
        if (isAsked || IsLeftOut(evidence.Ticks))
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
        _episodes.Forget(ticks, time => _feedback.IsFaulty(_identity.Pipeline, _identity.Series, time));
        _recurrence.Review(ticks, _episodes.Past);
        if (!isFrozen && AnswerRecurrence(ticks))
            answered.Add(DriftReason.Recurrence);
        else if (_recurrence.Describe(_features, _options.NewNormalAfter) is { } signal)
            found.Add(signal);
        if (isFrozen || _drift.Question is not null)
            return;
        IReadOnlyList<PastEpisode> mild = _episodes.TakeMild(ticks, statedPerDay);
        PastEpisode[] normal = [.. mild, .. _episodes.Past.Where(_recurrence.IsKnown)];
        if (normal.Length > 0)
            _pool.Take(_suspect, time => Array.Exists(normal, episode => episode.Covers(time)));
    }

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
        _recurrence.Accept(ticks);
        (_wanted, _inVain) = (ModelDecision.NewNormal, 0);
        return true;
    }
}
